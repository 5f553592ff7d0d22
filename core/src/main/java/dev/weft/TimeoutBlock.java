package dev.weft;

import dev.weft.runtime.Scheduler;
import dev.weft.runtime.StackReserve;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A block with a deadline.
 *
 * <p>{@link #state} goes from ACTIVE to FINISHED or EXPIRED when the block ends; or to EXPIRING when somebody finds
 * that the deadline has passed, who makes the request to stop in the same breath, and then to EXPIRED when the block
 * has ended and taken the request back. All under the activity's lock.
 */
final class TimeoutBlock implements Timeout {

    private enum State {
        ACTIVE,
        EXPIRING,
        EXPIRED,
        FINISHED
    }

    private final Activity self;
    private final Deadlines deadlines;

    /** Requests made since then are others', or this block's. */
    private final int mark;

    private final @Nullable OnCancel outerAction;

    /** Null if a point in time was given. */
    private final @Nullable Duration limit;

    /** The block that this one stands in, on the same activity. Guarded by the activity's lock, as all below. */
    @Nullable
    TimeoutBlock outer;

    /** Set for this block alone. */
    Deadlines.@Nullable Timer timer;

    volatile long deadlineNanos;

    private volatile State state = State.ACTIVE;

    /** What this has asked for, since EXPIRING. */
    private @Nullable Request request;

    private TimeoutBlock(Activity self, @Nullable Duration limit, long deadlineNanos) {
        StackReserve.forConstruct();
        this.self = self;
        this.deadlines = self.deadlines();
        this.mark = self.requestMark();
        this.outerAction = self.cancelAction();
        this.limit = limit;
        this.deadlineNanos = deadlineNanos;
    }

    static <T extends @Nullable Object, X extends Exception> T run(Duration limit, TimeoutBody<T, X> body)
            throws X, DeadlineExceededException, InterruptedException {
        Objects.requireNonNull(limit, "limit");
        Objects.requireNonNull(body, "body");
        var self = Activity.current();
        var block = new TimeoutBlock(self, limit, Durations.deadline(self.scheduler(), limit));
        return block.run(body, !limit.isPositive());
    }

    static <T extends @Nullable Object, X extends Exception> T runAt(Deadline deadline, TimeoutBody<T, X> body)
            throws X, DeadlineExceededException, InterruptedException {
        Objects.requireNonNull(deadline, "deadline");
        Objects.requireNonNull(body, "body");
        var block = new TimeoutBlock(Activity.current(), null, deadline.nanos());
        return block.run(body, block.hasPassed());
    }

    private <T extends @Nullable Object, X extends Exception> T run(TimeoutBody<T, X> body, boolean hasPassed)
            throws X, DeadlineExceededException, InterruptedException {
        deadlines.begin(this);
        T value;
        try {
            if (hasPassed) {
                deadlines.look();
            }
            value = self.<T, X>call(() -> body.runUnder(this));
        } catch (Throwable e) {
            throw Sneaky.rethrow(Objects.requireNonNull(end(e)));
        }
        end(null);
        return value;
    }

    /** @return what is to be thrown instead of {@code thrown} */
    private @Nullable Throwable end(@Nullable Throwable thrown) {
        var stopped = thrown != null && Interrupts.isSurface(thrown);
        var made = deadlines.end(this, stopped && hasPassed());
        if (expired()) {
            FlightLog.timedOut(self, this);
        }
        if (made == null) {
            return thrown;
        }
        var delivered = self.withdraw(made, thrown);
        state = State.EXPIRED;
        if (thrown == null) {
            return null;
        }
        if (!stopped) {
            if (!self.othersSince(mark, made)) {
                addTo(thrown);
            }
            return thrown;
        }
        if (!delivered) {
            return thrown;
        }
        var passed = self.passOn(mark, made, deadlineNanos, thrown);
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
        var exception = new DeadlineExceededException(when(), description());
        return cause == null ? exception : CarriedFailures.replace(cause, exception);
    }

    /** How long ago the deadline was. */
    long lateNanos() {
        return self.scheduler().nanoTime() - deadlineNanos;
    }

    String description() {
        return limit == null ? "timeout at a deadline" : "timeout of " + Durations.format(limit);
    }

    // ---- for Deadlines, with the lock held

    boolean isActive() {
        return state == State.ACTIVE;
    }

    /** What {@link #expire} is to be given. Without the lock. */
    Request newRequest() {
        return new Request(
                Request.TIMEOUT, new Cancellation("the deadline has passed", description(), when()), outerAction);
    }

    /** The deadline has passed, and {@code made} is asked of the activity. */
    void expire(Request made) {
        request = made;
        state = State.EXPIRING;
    }

    /**
     * The block has ended.
     *
     * @param expired whether it counts as expired although nobody has looked yet
     * @return what it has asked for, to be taken back; null if nothing
     */
    @Nullable
    Request finish(boolean expired) {
        if (isActive()) {
            state = expired ? State.EXPIRED : State.FINISHED;
        }
        return request;
    }

    // ---- for its user

    private boolean hasPassed() {
        return deadlineNanos != Scheduler.NEVER
                && deadlineNanos <= self.scheduler().nanoTime();
    }

    @Override
    public Deadline when() {
        return Deadline.ofNanos(deadlineNanos);
    }

    @Override
    public boolean expired() {
        return state == State.EXPIRING || state == State.EXPIRED;
    }

    @Override
    public void reschedule(Duration duration) {
        Objects.requireNonNull(duration, "duration");
        move(Durations.deadline(self.scheduler(), duration), !duration.isPositive());
    }

    @Override
    public void rescheduleAt(Deadline newDeadline) {
        move(
                Objects.requireNonNull(newDeadline, "deadline").nanos(),
                newDeadline.nanos() <= self.scheduler().nanoTime());
    }

    private void move(long newDeadlineNanos, boolean hasPassed) {
        if (!deadlines.move(this, newDeadlineNanos)) {
            throw new IllegalStateException(this + " cannot be rescheduled: it is " + stateName());
        }
        if (hasPassed) {
            deadlines.look();
        }
    }

    private String stateName() {
        return state.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        var now = state;
        var when = now == State.ACTIVE || now == State.EXPIRING ? " when=" + when() : "";
        return "<Timeout [" + now.name().toLowerCase(Locale.ROOT) + "]" + when + ">";
    }
}
