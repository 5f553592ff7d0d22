package dev.weft;

import dev.weft.runtime.TimerHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A block with a deadline.
 *
 * <p>One word decides between the timer and the end of the block: {@link #state} is an {@link Alarm} while the block is
 * active. The timer, or who moves the deadline into the past, changes it to {@code FIRING}, makes the request, then
 * changes it to {@code FIRED}. The end of the block changes the alarm to {@code FINISHED}; or finds that it has lost,
 * waits until the request has been made, and takes it back. So the request is made within the block or not at all.
 */
final class TimeoutBlock implements Timeout {

    private enum Ending {
        FIRING,
        FIRED,
        EXPIRED,
        FINISHED
    }

    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(TimeoutBlock.class, "state", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Activity self;

    /** Requests made since then are others', or this block's. */
    private final int mark;

    private final @Nullable OnCancel outerAction;

    /** The block that this one stands in, on the same activity. */
    private final @Nullable TimeoutBlock outer;

    /** Null if a point in time was given. */
    private final @Nullable Duration limit;

    /** An {@link Alarm} or an {@link Ending}. */
    private volatile Object state;

    private volatile Deadline deadline;

    /** Written before FIRED. */
    private @Nullable Request request;

    private TimeoutBlock(Activity self, @Nullable Duration limit, Deadline deadline) {
        this.self = self;
        this.mark = self.requestMark();
        this.outerAction = self.cancelAction();
        this.outer = self.timeouts;
        this.limit = limit;
        this.deadline = deadline;
        this.state = new Alarm(this, deadline);
    }

    static <T extends @Nullable Object, X extends Exception> T run(Duration limit, TimeoutBody<T, X> body)
            throws X, DeadlineExceededException, InterruptedException {
        Objects.requireNonNull(limit, "limit");
        Objects.requireNonNull(body, "body");
        var self = Activity.current();
        var nanos = Durations.deadline(self.scheduler(), limit);
        return new TimeoutBlock(self, limit, Deadline.ofNanos(nanos)).run(body);
    }

    static <T extends @Nullable Object, X extends Exception> T runAt(Deadline deadline, TimeoutBody<T, X> body)
            throws X, DeadlineExceededException, InterruptedException {
        Objects.requireNonNull(deadline, "deadline");
        Objects.requireNonNull(body, "body");
        return new TimeoutBlock(Activity.current(), null, deadline).run(body);
    }

    private <T extends @Nullable Object, X extends Exception> T run(TimeoutBody<T, X> body)
            throws X, DeadlineExceededException, InterruptedException {
        self.timeouts = this;
        if (state instanceof Alarm alarm) {
            alarm.set();
        }
        T value;
        try {
            value = self.<T, X>call(() -> body.run(this));
        } catch (Throwable e) {
            self.timeouts = outer;
            throw Sneaky.rethrow(Objects.requireNonNull(end(e)));
        }
        self.timeouts = outer;
        end(null);
        return value;
    }

    /** @return what is to be thrown instead of {@code thrown} */
    private @Nullable Throwable end(@Nullable Throwable thrown) {
        for (var now = state; now instanceof Alarm alarm; now = state) {
            var passed = thrown != null && Interrupts.isSurface(thrown) && alarm.hasPassed();
            if (STATE.compareAndSet(this, alarm, passed ? Ending.EXPIRED : Ending.FINISHED)) {
                alarm.cancel();
                return thrown;
            }
        }
        awaitRequest();
        var made = Objects.requireNonNull(request, "request");
        var delivered = self.withdraw(made, thrown);
        state = Ending.EXPIRED;
        if (thrown == null) {
            return null;
        }
        if (!Interrupts.isSurface(thrown)) {
            if (!self.othersSince(mark, made)) {
                addTo(thrown);
            }
            return thrown;
        }
        if (!delivered) {
            return thrown;
        }
        for (var block = outer; block != null; block = block.outer) {
            block.fireIfNotAfter(deadline);
        }
        var passed = self.passOn(mark, made, deadline.nanos(), thrown);
        return passed != null ? passed : exception(thrown);
    }

    private void addTo(Throwable thrown) {
        Suppression.add(thrown, exception(null));
        if (thrown instanceof ExceptionGroup group) {
            for (var member : group.exceptions()) {
                Suppression.add(member, exception(null));
            }
        }
    }

    private DeadlineExceededException exception(@Nullable Throwable cause) {
        var exception = new DeadlineExceededException(deadline, description());
        if (cause != null) {
            exception.initCause(cause);
        }
        return exception;
    }

    private String description() {
        return limit == null ? "timeout at " + deadline : "timeout of " + Durations.format(limit);
    }

    /** An inner block's deadline has passed: so has this one's, if it is not later, although its timer is. */
    private void fireIfNotAfter(Deadline passed) {
        if (deadline.compareTo(passed) <= 0) {
            if (state instanceof Alarm alarm) {
                fire(alarm);
            }
            awaitRequest();
        }
    }

    private void awaitRequest() {
        while (state == Ending.FIRING) {
            // a few instructions; but a virtual thread that fires may need this one's carrier
            Thread.yield();
        }
    }

    private void fire(Alarm alarm) {
        if (STATE.compareAndSet(this, alarm, Ending.FIRING)) {
            var made = new Request(
                    Request.TIMEOUT,
                    new Cancellation("the deadline has passed", description(), alarm.deadline),
                    outerAction);
            request = made;
            self.request(made);
            state = Ending.FIRED;
        }
    }

    @Override
    public Deadline when() {
        return deadline;
    }

    @Override
    public boolean expired() {
        return state instanceof Ending ending && ending != Ending.FINISHED;
    }

    @Override
    public void reschedule(Duration duration) {
        Objects.requireNonNull(duration, "duration");
        rescheduleAt(Deadline.ofNanos(Durations.deadline(self.scheduler(), duration)));
    }

    @Override
    public void rescheduleAt(Deadline newDeadline) {
        Objects.requireNonNull(newDeadline, "deadline");
        var alarm = new Alarm(this, newDeadline);
        while (state instanceof Alarm before) {
            if (STATE.compareAndSet(this, before, alarm)) {
                deadline = newDeadline;
                before.cancel();
                alarm.set();
                return;
            }
        }
        throw new IllegalStateException(this + " cannot be rescheduled: it is " + stateName());
    }

    private String stateName() {
        return switch (state) {
            case Ending.FINISHED -> "finished";
            case Ending.EXPIRED -> "expired";
            case Ending ending -> "expiring";
            default -> "active";
        };
    }

    @Override
    public String toString() {
        var name = stateName();
        return switch (name) {
            case "active", "expiring" -> "<Timeout [" + name + "] when=" + deadline + ">";
            default -> "<Timeout [" + name + "]>";
        };
    }

    /** A deadline of the block that counts until it is replaced. */
    private static final class Alarm implements Runnable {
        private final TimeoutBlock block;
        private final Deadline deadline;
        private @Nullable TimerHandle timer;
        private boolean cancelled;

        Alarm(TimeoutBlock block, Deadline deadline) {
            this.block = block;
            this.deadline = deadline;
        }

        boolean hasPassed() {
            return deadline.nanos() <= block.self.scheduler().nanoTime();
        }

        void set() {
            if (deadline.isNever()) {
                return;
            }
            if (hasPassed()) {
                run();
                return;
            }
            var created = block.self.scheduler().schedule(deadline.nanos(), this);
            synchronized (this) {
                timer = created;
                if (!cancelled) {
                    return;
                }
            }
            created.cancel();
        }

        /** May come before {@link #set} is through. */
        void cancel() {
            TimerHandle set;
            synchronized (this) {
                cancelled = true;
                set = timer;
            }
            if (set != null) {
                set.cancel();
            }
        }

        @Override
        public void run() {
            block.fire(this);
        }
    }
}
