package dev.weft.internal.task;

import dev.weft.internal.runtime.Memory;
import dev.weft.internal.runtime.Scheduler;
import dev.weft.internal.runtime.Spinning;
import dev.weft.internal.runtime.StackReserve;
import dev.weft.internal.runtime.TimerHandle;
import java.time.Duration;
import java.util.Objects;
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
        var change = begin(block, needsTimer(block.deadlineNanos) ? newTimer(block.deadlineNanos) : null);
        while (change == Change.NEEDS_TIMER) { // the one that was there has gone off meanwhile
            change = begin(block, newTimer(block.deadlineNanos));
        }
        if (change == Change.TOO_LATE) {
            lookAtBegun(block);
        }
    }

    /** @param timer is set already: it may have gone off */
    private Change begin(LimitedBlock block, @Nullable Timer timer) {
        var useless = timer;
        var change = Change.IN_TIME;
        var now = self.lock();
        try {
            if (needsTimer(block.deadlineNanos)) {
                if (timer == null) {
                    return Change.NEEDS_TIMER;
                }
                if (timer.hasGoneOff) {
                    change = Change.TOO_LATE;
                } else {
                    useless = use(timer, block);
                }
            }
            block.outer = innermost;
            innermost = block;
        } finally {
            self.state = now;
        }
        cancel(useless);
        return change;
    }

    private void lookAtBegun(LimitedBlock block) {
        try {
            look();
        } catch (Throwable e) {
            var made = end(block, false);
            if (made != null) {
                self.withdraw(made, e); // the block never ran
            }
            throw e;
        }
    }

    /** One that is set, before anything depends on it: without memory for it nothing has changed. */
    private Timer newTimer(long dueNanos) {
        var timer = new Timer(this, dueNanos);
        timer.set();
        return timer;
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
        var change = move(block, deadlineNanos, null);
        while (change == Change.NEEDS_TIMER) {
            change = move(block, deadlineNanos, newTimer(deadlineNanos));
        }
        if (change == Change.TOO_LATE) {
            Memory.insistOn(this, Deadlines::look); // the deadline has been moved
        }
        return change != Change.INACTIVE;
    }

    /** @param timer is set already: it may have gone off */
    private Change move(LimitedBlock block, long deadlineNanos, @Nullable Timer timer) {
        var useless = timer;
        var change = Change.IN_TIME;
        var now = self.lock();
        try {
            var needed = needsTimer(deadlineNanos);
            if (!block.isActive()) {
                change = Change.INACTIVE;
            } else if (!needed) {
                block.deadlineNanos = deadlineNanos;
                useless = timer == null ? block.timer : timer; // none if it is the one for all
                block.timer = null;
            } else if (timer == null) {
                return Change.NEEDS_TIMER;
            } else {
                block.deadlineNanos = deadlineNanos;
                if (timer.hasGoneOff) {
                    change = Change.TOO_LATE;
                } else {
                    useless = use(timer, block);
                }
            }
        } finally {
            self.state = now;
        }
        cancel(useless);
        return change;
    }

    /** Whether a block needs another timer than is set. */
    private boolean needsTimer(long deadlineNanos) {
        var set = shared;
        return deadlineNanos != Scheduler.NEVER && (set == null || set.dueNanos > deadlineNanos);
    }

    /** With the lock held. @return the timer that {@code timer} replaces */
    private @Nullable Timer use(Timer timer, LimitedBlock block) {
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
        for (var due = findDue(timer); due != null; due = findDue(timer)) {
            expire(due, due.newRequest(), false);
        }
        if (timer == null || !shareTimer) {
            return;
        }
        for (var left = replace(timer, null); left != Scheduler.NEVER; ) {
            left = replace(timer, newTimer(left));
        }
    }

    /**
     * {@code timer} has gone off: if it is still the one for all, {@code next} takes its place.
     *
     * @param next is set already; null to find out for when
     * @return when the next one must be due, which {@code next} is not; {@link Scheduler#NEVER} if none is needed
     */
    private long replace(Timer timer, @Nullable Timer next) {
        var due = Scheduler.NEVER;
        var useless = next;
        var now = self.lock();
        try {
            if (timer == shared) {
                var left = earliest();
                due = left == null ? Scheduler.NEVER : left.deadlineNanos;
                if (due == Scheduler.NEVER) {
                    shared = null;
                } else if (next != null && !next.hasGoneOff && next.dueNanos <= due) {
                    shared = next;
                    useless = null;
                    due = Scheduler.NEVER;
                }
            }
        } finally {
            self.state = now;
        }
        cancel(useless);
        return due;
    }

    /** @param timer that looks; from when nothing is due, what becomes due is another's affair */
    private @Nullable LimitedBlock findDue(@Nullable Timer timer) {
        var nanos = self.scheduler().nanoTime();
        var now = self.lock();
        try {
            var due = earliest();
            if (due != null && due.deadlineNanos <= nanos) {
                return due;
            }
            if (timer != null) {
                timer.hasGoneOff = true;
            }
            return null;
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

    /** The outcome of setting or moving a deadline. */
    private enum Change {
        IN_TIME,
        /** It is set, and its timer has gone off before: somebody must {@link #look}. */
        TOO_LATE,
        /** Nothing was changed. */
        NEEDS_TIMER,
        /** Nothing was changed: the block is not active any more. */
        INACTIVE
    }

    /** Looks at the blocks once, when it is due. */
    static final class Timer implements Runnable {

        private static final Duration PAUSE_WITHOUT_MEMORY = Duration.ofMillis(1);

        private final Deadlines deadlines;

        private final long dueNanos;

        /** Guarded by the strand's lock. */
        private boolean hasGoneOff;

        /** Written before any other thread knows of this. */
        private @Nullable TimerHandle handle;

        private volatile boolean cancelled;

        Timer(Deadlines deadlines, long dueNanos) {
            this.deadlines = deadlines;
            this.dueNanos = dueNanos;
        }

        private void set() {
            handle = deadlines.self.scheduler().schedule(dueNanos, this);
        }

        void cancel() {
            cancelled = true;
            Objects.requireNonNull(handle, "handle").cancel();
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
