package dev.weft;

import dev.weft.runtime.Scheduler;
import dev.weft.runtime.TimerHandle;
import org.jspecify.annotations.Nullable;

/**
 * The timeout blocks that an activity is in, and the timer that looks at them. Guarded by the activity's lock: so a
 * block's request is made within the block or not at all.
 *
 * <p>On the parallel runtime the blocks share one timer. It is left set when a block ends, and serves those that come
 * later: a block whose deadline is not earlier costs no timer at all. Where time may be virtual and the order of timers
 * counts, each block has its own, for as long as it lasts.
 */
final class Deadlines {

    private final Activity self;
    private final boolean shareTimer;
    private @Nullable TimeoutBlock innermost;
    private @Nullable Timer shared;

    Deadlines(Activity self) {
        this.self = self;
        this.shareTimer = !self.scheduler().takesTurns();
    }

    /** The activity begins a block. Own thread only. */
    void begin(TimeoutBlock block) {
        var now = self.lock();
        block.outer = innermost;
        innermost = block;
        setTimer(block, now);
    }

    /**
     * The activity has ended its innermost block. Own thread only.
     *
     * @param expired as in {@link TimeoutBlock#finish}, whose result this returns
     */
    @Nullable
    Request end(TimeoutBlock block, boolean expired) {
        var now = self.lock();
        innermost = block.outer;
        var made = block.finish(expired);
        var timer = block.timer;
        if (innermost == null && self instanceof Guest) {
            timer = shared; // nobody will come back to it
            shared = null;
        }
        self.unlock(now);
        cancel(timer);
        return made;
    }

    /** Moves a deadline; false if the block is not active any more. */
    boolean move(TimeoutBlock block, long deadlineNanos) {
        var now = self.lock();
        if (!block.isActive()) {
            self.unlock(now);
            return false;
        }
        var before = block.timer;
        block.timer = null;
        block.deadlineNanos = deadlineNanos;
        setTimer(block, now);
        cancel(before);
        return true;
    }

    /** With the lock held, which it releases: sees to it that somebody looks when the block's deadline has come. */
    private void setTimer(TimeoutBlock block, int now) {
        var deadline = block.deadlineNanos;
        var before = shared;
        Timer timer = null;
        if (deadline == Scheduler.NEVER || (before != null && before.dueNanos <= deadline)) {
            before = null;
        } else {
            timer = new Timer(this, deadline);
            if (shareTimer) {
                shared = timer;
            } else {
                block.timer = timer;
            }
        }
        self.unlock(now);
        cancel(before);
        if (timer != null) {
            timer.set();
        }
    }

    static void cancel(@Nullable Timer timer) {
        if (timer != null) {
            timer.cancel();
        }
    }

    /** No block will come any more. Own thread only. */
    void close() {
        var now = self.lock();
        var timer = shared;
        shared = null;
        self.unlock(now);
        cancel(timer);
    }

    /** Has every block expire whose deadline has passed. */
    void look() {
        var state = expireDue(self.lock());
        self.unlockAndTell(state);
    }

    private void look(Timer timer) {
        var state = expireDue(self.lock());
        Timer next = null;
        if (timer == shared) {
            var left = earliest();
            next = left == null || left.deadlineNanos == Scheduler.NEVER ? null : new Timer(this, left.deadlineNanos);
            shared = next;
        }
        self.unlockAndTell(state);
        if (next != null) {
            next.set();
        }
    }

    private int expireDue(int before) {
        var state = before;
        var now = self.scheduler().nanoTime();
        for (var due = earliest(); due != null && due.deadlineNanos <= now; due = earliest()) {
            state = self.add(due.expire(), state);
        }
        return state;
    }

    /** With the lock held: the earliest deadline, passed or not, of the blocks that have not ended. */
    @Nullable
    First first() {
        TimeoutBlock first = null;
        for (var block = innermost; block != null; block = block.outer) {
            if (first == null || block.deadlineNanos <= first.deadlineNanos) {
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
    record First(long nanos, String owner) {}

    /** The active block with the earliest deadline, the outer one of two. */
    private @Nullable TimeoutBlock earliest() {
        TimeoutBlock earliest = null;
        for (var block = innermost; block != null; block = block.outer) {
            if (block.isActive() && (earliest == null || block.deadlineNanos <= earliest.deadlineNanos)) {
                earliest = block;
            }
        }
        return earliest;
    }

    /** Looks at the blocks once, when it is due. */
    static final class Timer implements Runnable {
        private final Deadlines deadlines;
        private final long dueNanos;
        private volatile @Nullable TimerHandle handle;
        private volatile boolean cancelled;

        Timer(Deadlines deadlines, long dueNanos) {
            this.deadlines = deadlines;
            this.dueNanos = dueNanos;
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

        @Override
        public void run() {
            if (!cancelled) {
                deadlines.look(this);
            }
        }
    }
}
