package dev.weft.sync;

import java.util.List;
import java.util.Objects;

/**
 * A flag that tasks wait for: once it is set, all waiters go on, and later callers do not wait.
 *
 * <p>Thread-safe; works on any thread and every runtime, and between them. Actions before {@link #set} are visible to
 * the callers that it lets go on.
 */
public final class Event {

    private static final int CLEAR = 0;
    private static final int SET = 1;

    private final Flag flag;

    /** An event that is not set. */
    public Event() {
        this("an event");
    }

    /**
     * An event that is not set, with a name for dumps and {@code weft ps}: its waiters are shown as waiting for it.
     *
     * @param what completes "waits for", as in {@code the answer of server 3}
     * @since 0.1.0
     */
    public Event(String what) {
        flag = new Flag(Objects.requireNonNull(what, "what"));
    }

    /**
     * Waits until the event is set.
     *
     * <p><b>Blocking:</b> until {@link #set}, or not at all if it is set. <b>Cancellation:</b> always a cancellation
     * point; a cancelled waiter leaves nothing behind. <b>Order:</b> waiters go on in the order of their coming; all
     * that wait at a {@link #set} go on even if {@link #clear} follows at once.
     *
     * @throws InterruptedException if the caller was interrupted or cancelled
     */
    public void await() throws InterruptedException {
        flag.await();
    }

    /** Sets the event and lets all waiters go on. If it is set, nothing happens. Never blocks. */
    public void set() {
        WaitNode.Rousing roused;
        var now = flag.lock();
        try {
            flag.endAll(flag.waiting, WaitNode.End.GRANTED);
            now = Guarded.wordOf(SET);
            roused = flag.takeRoused();
        } finally {
            flag.word = now;
        }
        Guarded.unpark(roused);
    }

    /** Unsets the event: later callers wait. Never blocks. */
    public void clear() {
        var now = flag.lock();
        try {
            now = Guarded.wordOf(CLEAR);
        } finally {
            flag.word = now;
        }
    }

    /**
     * Whether it is set. Never blocks.
     *
     * @return true if {@link #await} would not wait now
     */
    public boolean isSet() {
        return flag.isSet();
    }

    /**
     * Returns a snapshot of the event.
     *
     * @return the state at one moment; later changes do not show in it
     */
    public Snapshot snapshot() {
        var now = flag.lock();
        try {
            return new Snapshot(Guarded.value(now) == SET, flag.waiting.size(), flag.waiting.names());
        } finally {
            flag.word = now;
        }
    }

    /** State and number of waiters. */
    @Override
    public String toString() {
        var snapshot = snapshot();
        return "Event[" + (snapshot.set ? "set" : "unset") + ", waiting=" + snapshot.waiting + "]";
    }

    /**
     * An event at one moment.
     *
     * @param set whether it is set
     * @param waiting how many wait
     * @param waiters their names, the longest waiting first; at most 100
     */
    public record Snapshot(boolean set, int waiting, List<String> waiters) {}

    private static final class Flag extends Guarded {

        final WaitQueue waiting;

        Flag(String what) {
            super(CLEAR);
            waiting = new WaitQueue(what);
        }

        boolean isSet() {
            return value(word()) == SET;
        }

        void await() throws InterruptedException {
            checkpoint();
            if (isSet()) {
                return;
            }
            var node = new WaitNode();
            var now = lock();
            try {
                if (value(now) == SET) {
                    return;
                }
                waiting.add(node);
            } finally {
                word = now;
            }
            await(node);
        }

        @Override
        long takeBack(long now, WaitNode node) {
            return now;
        }

        @Override
        long serve(long now) {
            return now;
        }
    }
}
