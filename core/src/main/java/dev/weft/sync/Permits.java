package dev.weft.sync;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A number of permits, and those who wait for some: first come first served, with a CAS while nobody waits. */
class Permits extends Guarded {

    private final int max;

    /** Guarded, as all lists are. */
    final WaitQueue waiting;

    Permits(int free, int max, String what) {
        this(free, max, new WaitQueue(what));
    }

    Permits(int free, int max, WaitQueue waiting) {
        super(free);
        this.max = max;
        this.waiting = waiting;
    }

    final int free() {
        return value(word());
    }

    /** Takes {@code amount} if they are free and nobody waits. */
    final boolean tryTake(int amount) {
        for (var now = word(); value(now) >= amount && (now & QUEUED) == 0; now = word()) {
            if ((now & LOCKED) != 0) {
                awaitUnlocked();
            } else if (compareAndSet(now, now - amount * ONE)) {
                return true;
            }
        }
        return false;
    }

    /** Takes {@code amount}, as soon as all who came before have been served. A cancellation point. */
    final void take(int amount) throws InterruptedException {
        checkpoint();
        var node = begin(amount);
        if (node != null) {
            await(node);
        }
    }

    /** Takes {@code amount}, unless that has to wait. @return who waits, or null */
    final @Nullable WaitNode begin(int amount) {
        if (tryTake(amount)) {
            return null;
        }
        var node = new WaitNode(amount);
        WaitNode.Rousing roused;
        var now = lock();
        try {
            waiting.add(node);
            now = serve(now);
            roused = takeRoused();
        } finally {
            word = now;
        }
        unpark(roused);
        return node;
    }

    /** Gives {@code amount} back; false, and nothing is changed, if there would be more than there can be. */
    final boolean give(int amount) {
        for (; ; ) {
            var now = word();
            if (value(now) > max - amount) {
                return false;
            }
            if ((now & (LOCKED | QUEUED)) != 0) {
                return giveSlowly(amount);
            }
            if (compareAndSet(now, now + amount * ONE)) {
                return true;
            }
        }
    }

    private boolean giveSlowly(int amount) {
        WaitNode.Rousing roused;
        var now = lock();
        try {
            if (value(now) > max - amount) {
                return false;
            }
            now = serve(now + amount * ONE);
            roused = takeRoused();
        } finally {
            word = now;
        }
        unpark(roused);
        return true;
    }

    /** How many permits must be free before {@code node} is granted what it wants. With the lock held. */
    int needed(WaitNode node) {
        return node.amount;
    }

    /**
     * The state at one moment.
     *
     * @param free the number of free permits
     * @param waiting the number of waiters
     * @param waiters their names, the longest waiting first; at most 100
     */
    record View(int free, int waiting, List<String> waiters) {}

    final View view() {
        var now = lock();
        try {
            return view(now);
        } finally {
            word = now;
        }
    }

    /** With the lock held. */
    final View view(long now) {
        return new View(value(now), waiting.size(), waiting.names());
    }

    @Override
    long takeBack(long now, WaitNode node) {
        return now + node.amount * ONE;
    }

    @Override
    long serve(long now) {
        var free = value(now);
        for (var node = waiting.peek(); node != null && needed(node) <= free; node = waiting.peek()) {
            free -= node.amount;
            waiting.remove(node);
            end(node, WaitNode.End.GRANTED);
        }
        return wordOf(free) | (waiting.isEmpty() ? 0 : QUEUED);
    }
}
