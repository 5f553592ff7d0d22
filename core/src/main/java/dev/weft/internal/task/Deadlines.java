package dev.weft.internal.task;

import dev.weft.internal.runtime.Scheduler;
import dev.weft.internal.runtime.Spinning;
import dev.weft.internal.runtime.StackReserve;
import dev.weft.internal.runtime.TimerHandle;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The timeout blocks that a strand is in, and the timer that looks at them. Guarded by the strand's lock: so a block's
 * request is made within the block or not at all.
 *
 * <p>On the parallel runtime the blocks share one timer. It is left set when a block ends, and serves those that come
 * later: a block whose deadline is not earlier costs no timer at all. Where time may be virtual and the order of timers
 * counts, each block has its own, for as long as it lasts.
 */
public final class Deadlines {

    private final StructuredStrand self;
    private final boolean shareTimer;
    private @Nullable LimitedBlock innermost;
    private @Nullable Timer shared;

    Deadlines(StructuredStrand self) {
        this.self = self;
        this.shareTimer = !self.scheduler().takesTurns();
    }

    /** The strand begins a block. Own thread only. If this throws, it has not begun. */
    public void begin(LimitedBlock block) {
        StackReserve.forCall();
        var timer = needsTimer(block.deadlineNanos) ? new Timer(this) : null;
        while (!begin(block, timer)) {
            timer = new Timer(this); // the one that was there has gone off meanwhile
        }
    }

    private boolean begin(LimitedBlock block, @Nullable Timer timer) {
        Timer replaced = null;
        var now = self.lock();
        try {
            var needed = needsTimer(block.deadlineNanos);
            if (needed && timer == null) {
                return false;
            }
            block.outer = innermost;
            innermost = block;
            if (!needed || timer == null) {
                return true;
            }
            replaced = use(timer, block);
        } finally {
            self.state = now;
        }
        try {
            timer.set();
        } catch (Throwable e) {
            restore(timer, replaced, block, block.deadlineNanos);
            end(block, false);
            throw e;
        }
        cancel(replaced);
        return true;
    }

    /**
     * The strand has ended its innermost block. Own thread only.
     *
     * @param expired as in {@link LimitedBlock#finish}, whose result this returns
     */
    @Nullable
    public Request end(LimitedBlock block, boolean expired) {
        Request made;
        Timer timer;
        var now = self.lock();
        try {
            innermost = block.outer;
            made = block.finish(expired);
            timer = block.timer;
            if (innermost == null && self instanceof CallerStrand) {
                timer = shared; // nobody will come back to it
                shared = null;
            }
        } finally {
            self.state = now;
        }
        cancel(timer);
        return made;
    }

    /** Moves a deadline; false if the block is not active any more. If this throws, it is where it was. */
    public boolean move(LimitedBlock block, long deadlineNanos) {
        StackReserve.forCall();
        var timer = new Timer(this);
        long before;
        Timer replaced;
        boolean used;
        var now = self.lock();
        try {
            if (!block.isActive()) {
                return false;
            }
            before = block.deadlineNanos;
            block.deadlineNanos = deadlineNanos;
            used = needsTimer(deadlineNanos);
            if (used) {
                replaced = use(timer, block);
            } else {
                replaced = block.timer; // none if it is the one for all
                block.timer = null;
            }
        } finally {
            self.state = now;
        }
        if (used) {
            try {
                timer.set();
            } catch (Throwable e) {
                restore(timer, replaced, block, before);
                throw e;
            }
        }
        cancel(replaced);
        return true;
    }

    /** Whether a block needs another timer than is set. */
    private boolean needsTimer(long deadlineNanos) {
        var set = shared;
        return deadlineNanos != Scheduler.NEVER && (set == null || set.dueNanos > deadlineNanos);
    }

    /** With the lock held. @return the timer that {@code timer} replaces */
    private @Nullable Timer use(Timer timer, LimitedBlock block) {
        timer.dueNanos = block.deadlineNanos;
        Timer replaced;
        if (shareTimer) {
            replaced = shared;
            shared = timer;
        } else {
            replaced = block.timer;
            block.timer = timer;
        }
        return replaced;
    }

    /** A timer could not be set: those before it serve again. */
    private void restore(Timer timer, @Nullable Timer before, LimitedBlock block, long deadlineNanos) {
        var now = self.lock();
        try {
            if (shared == timer) {
                shared = before;
            } else if (block.timer == timer) {
                block.timer = before;
            }
            block.deadlineNanos = deadlineNanos;
        } finally {
            self.state = now;
        }
    }

    static void cancel(@Nullable Timer timer) {
        if (timer != null) {
            timer.cancel();
        }
    }

    /** No block will come any more. Own thread only. */
    void close() {
        Timer timer;
        var now = self.lock();
        try {
            timer = shared;
            shared = null;
        } finally {
            self.state = now;
        }
        cancel(timer);
    }

    /** Has every block expire whose deadline has passed. */
    public void look() {
        look(null);
    }

    /**
     * Has every block expire whose deadline has passed; and sees to it that somebody looks again, if {@code timer} is
     * the one for all.
     */
    private void look(@Nullable Timer timer) {
        StackReserve.forCall();
        for (var due = findDue(); due != null; due = findDue()) {
            expire(due, due.newRequest(), false);
        }
        if (timer == null || !shareTimer) {
            return;
        }
        var next = new Timer(this);
        boolean used;
        var now = self.lock();
        try {
            var left = timer == shared ? earliest() : null;
            used = left != null && left.deadlineNanos != Scheduler.NEVER;
            if (used && left != null) {
                next.dueNanos = left.deadlineNanos;
                shared = next;
            } else if (timer == shared) {
                shared = null;
            }
        } finally {
            self.state = now;
        }
        if (used) {
            setAgain(next, timer);
        }
    }

    private void setAgain(Timer next, Timer before) {
        try {
            next.set();
        } catch (Throwable e) {
            var now = self.lock();
            try {
                if (shared == next) {
                    shared = before; // which tries again
                }
            } finally {
                self.state = now;
            }
            throw e;
        }
    }

    private @Nullable LimitedBlock findDue() {
        var nanos = self.scheduler().nanoTime();
        var now = self.lock();
        try {
            var due = earliest();
            return due != null && due.deadlineNanos <= nanos ? due : null;
        } finally {
            self.state = now;
        }
    }

    /**
     * Asks a block to stop. The request is made without the lock, so the block is looked at again with it.
     *
     * @param atOnce whatever its deadline
     * @return false if it is not active, or not the next one that is due, any more
     */
    public boolean expire(LimitedBlock block, Request request, boolean atOnce) {
        StackReserve.forCall();
        var nanos = self.scheduler().nanoTime();
        var spare = self.newList();
        var sends = false;
        CancelAction triggered = null;
        var state = self.lock(self.isOwnThread());
        try {
            if (!block.isActive() || (!atOnce && (block.deadlineNanos > nanos || block != earliest()))) {
                return false;
            }
            var before = state;
            block.expire(request);
            state = self.add(request, spare, state);
            sends = Cancellable.isSender(before, state);
            triggered = self.takeTriggered();
        } finally {
            self.state = state;
        }
        self.tell(state, triggered, sends, null, request);
        CancellationWatch.of(self).expired(block, self.scheduler());
        return true;
    }

    /**
     * With the lock held: the earliest deadline, passed or not, of the blocks that have not ended.
     *
     * @param shields of blocks within that many shields
     */
    @Nullable
    First first(int shields) {
        LimitedBlock first = null;
        for (var block = innermost; block != null; block = block.outer) {
            if (block.shields >= shields && (first == null || block.deadlineNanos <= first.deadlineNanos)) {
                first = block;
            }
        }
        return first == null || first.deadlineNanos == Scheduler.NEVER
                ? null
                : new First(first.deadlineNanos, first.description());
    }

    /**
     * A deadline.
     *
     * @param owner whose it is, in words
     */
    public record First(long nanos, String owner) {}

    /** The active block with the earliest deadline, the outer one of two. */
    private @Nullable LimitedBlock earliest() {
        LimitedBlock earliest = null;
        for (var block = innermost; block != null; block = block.outer) {
            if (block.isActive() && (earliest == null || block.deadlineNanos <= earliest.deadlineNanos)) {
                earliest = block;
            }
        }
        return earliest;
    }

    /** Looks at the blocks once, when it is due. */
    static final class Timer implements Runnable {

        private static final Duration PAUSE_WITHOUT_MEMORY = Duration.ofMillis(1);

        private final Deadlines deadlines;

        /** Guarded by the strand's lock. */
        private long dueNanos;

        private volatile @Nullable TimerHandle handle;
        private volatile boolean cancelled;

        Timer(Deadlines deadlines) {
            this.deadlines = deadlines;
        }

        private void set() {
            var created = deadlines.self.scheduler().schedule(dueNanos, this);
            handle = created;
            if (cancelled) {
                created.cancel();
            }
        }

        /** May come before {@link #set} is through. */
        void cancel() {
            cancelled = true;
            var set = handle;
            if (set != null) {
                set.cancel();
            }
        }

        /** A deadline must come, even if there is no memory for the request now. */
        @Override
        public void run() {
            while (!cancelled) {
                try {
                    deadlines.look(this);
                    return;
                } catch (OutOfMemoryError e) {
                    Spinning.pauseFor(PAUSE_WITHOUT_MEMORY);
                }
            }
        }
    }
}
