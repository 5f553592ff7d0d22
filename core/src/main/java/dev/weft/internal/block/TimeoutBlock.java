package dev.weft.internal.block;

import dev.weft.Body;
import dev.weft.CancelScopeBody;
import dev.weft.Cancellation;
import dev.weft.Deadline;
import dev.weft.DeadlineExceededException;
import dev.weft.ExceptionGroup;
import dev.weft.Problem;
import dev.weft.Timeout;
import dev.weft.TimeoutBody;
import dev.weft.internal.api.Api;
import dev.weft.internal.api.Cancellations;
import dev.weft.internal.failure.Interrupts;
import dev.weft.internal.failure.Sneaky;
import dev.weft.internal.runtime.Durations;
import dev.weft.internal.runtime.Scheduler;
import dev.weft.internal.runtime.StackReserve;
import dev.weft.internal.task.CancelAction;
import dev.weft.internal.task.CarriedFailures;
import dev.weft.internal.task.Deadlines;
import dev.weft.internal.task.FlightEvents;
import dev.weft.internal.task.LimitedBlock;
import dev.weft.internal.task.Problems;
import dev.weft.internal.task.Request;
import dev.weft.internal.task.StructuredStrand;
import dev.weft.internal.task.Suppression;
import dev.weft.internal.task.TaskImpl;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A block with a deadline: {@code timeout}, {@code moveOnAfter}, and a cancel scope, which has none. */
public final class TimeoutBlock extends LimitedBlock implements Timeout {

    private final Deadlines deadlines;

    /** Requests made since then are others', or this block's. */
    private final int mark;

    private final @Nullable CancelAction outerAction;

    /** The exception that this has thrown because it expired. Own thread only. */
    private @Nullable DeadlineExceededException own;

    /** Null if a point in time was given. */
    private final @Nullable Duration limit;

    /** Whether the deadline had passed before the block began. */
    private final boolean isDue;

    private TimeoutBlock(StructuredStrand self, @Nullable Duration limit, long deadlineNanos, boolean isDue) {
        super(self, deadlineNanos);
        StackReserve.forConstruct();
        this.deadlines = self.deadlines();
        this.mark = self.requestMark();
        this.outerAction = self.cancelAction();
        this.limit = limit;
        this.isDue = isDue;
    }

    private static TimeoutBlock after(Duration limit) {
        Objects.requireNonNull(limit, "limit");
        var self = StructuredStrand.current();
        return new TimeoutBlock(self, limit, Durations.deadline(self.scheduler(), limit), !limit.isPositive());
    }

    private static TimeoutBlock at(Deadline deadline) {
        var nanos = Api.nanos(Objects.requireNonNull(deadline, "deadline"));
        var self = StructuredStrand.current();
        return new TimeoutBlock(self, null, nanos, hasPassed(self, nanos));
    }

    public static <T extends @Nullable Object, X extends Exception> T run(Duration limit, TimeoutBody<T, X> body)
            throws X, DeadlineExceededException, InterruptedException {
        return after(limit).run(body);
    }

    public static <T extends @Nullable Object, X extends Exception> T runAt(Deadline deadline, TimeoutBody<T, X> body)
            throws X, DeadlineExceededException, InterruptedException {
        return at(deadline).run(body);
    }

    /** As {@link #run}, but returns empty if this block has expired and the body has ended by that. */
    public static <T, X extends Exception> Optional<T> moveOnAfter(Duration limit, Body<T, X> body)
            throws X, InterruptedException {
        return after(limit).runOrMoveOn(body);
    }

    /** As {@link #moveOnAfter}, with a point in time. */
    public static <T, X extends Exception> Optional<T> moveOnAt(Deadline deadline, Body<T, X> body)
            throws X, InterruptedException {
        return at(deadline).runOrMoveOn(body);
    }

    /** A block without a deadline, to be cancelled by its handle. */
    public static <T, X extends Exception> Optional<T> cancellable(CancelScopeBody<T, X> body)
            throws X, InterruptedException {
        Objects.requireNonNull(body, "body");
        var block = new TimeoutBlock(StructuredStrand.current(), null, Scheduler.NEVER, false);
        var handle = new BlockScope(block);
        return block.runOrMoveOn(() -> body.runIn(handle));
    }

    private <T, X extends Exception> Optional<T> runOrMoveOn(Body<T, X> body) throws X, InterruptedException {
        Objects.requireNonNull(body, "body");
        try {
            return Optional.of(Objects.requireNonNull(
                    run(timeout -> body.run()),
                    "the body returned null, which an Optional cannot hold: use a body without a result"));
        } catch (DeadlineExceededException e) {
            if (e != own) {
                throw Sneaky.rethrow(e);
            }
            reportFailures(e);
            return Optional.empty();
        }
    }

    /** Nothing is thrown that the failures of the body's children, met while it stopped, could be found in. */
    private void reportFailures(DeadlineExceededException expiry) {
        for (var failure : CarriedFailures.in(expiry)) {
            Problems.of(self)
                    .report(
                            Problem.Kind.UNATTACHED_FAILURE,
                            "a block of " + self.describe()
                                    + " that was told to move on met a failure while it stopped",
                            TaskImpl.currentTaskOrNull(),
                            failure);
        }
    }

    private <T extends @Nullable Object, X extends Exception> T run(TimeoutBody<T, X> body)
            throws X, DeadlineExceededException, InterruptedException {
        Objects.requireNonNull(body, "body");
        deadlines.begin(this);
        T value;
        try {
            if (isDue) {
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
        var made = deadlines.end(this, stopped && hasPassed(self, deadlineNanos));
        if (expired() && deadlineNanos != Scheduler.NEVER) {
            FlightEvents.timedOut(self, this);
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
            if (made.kind == Request.Kind.TIMEOUT && !self.othersSince(mark, made)) {
                addTo(thrown);
            }
            return thrown;
        }
        if (!delivered) {
            return thrown;
        }
        var passed = self.passOn(mark, made, deadlineNanos, thrown);
        if (passed != null) {
            return passed;
        }
        own = exception(thrown);
        return own;
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
        var exception = Api.exceeded(when(), description());
        return cause == null ? exception : CarriedFailures.replace(cause, exception);
    }

    @Override
    protected String description() {
        return limit == null ? "timeout at a deadline" : "timeout of " + Durations.format(limit);
    }

    @Override
    protected Request newRequest() {
        return new Request(
                Request.Kind.TIMEOUT,
                new Cancellation("the deadline has passed", description(), when()),
                outerAction,
                shields,
                self.scheduler());
    }

    // ---- for its user

    /** Asks the body to stop. @return false if it was asked before, or has ended */
    boolean cancel(@Nullable Object reason) {
        var cancellation = Cancellations.now(
                self.scheduler(), reason, StructuredStrand.current().describe());
        return deadlines.expire(this, new Request(Request.Kind.SCOPE, cancellation, outerAction, shields, null), true);
    }

    private static boolean hasPassed(StructuredStrand self, long deadlineNanos) {
        return deadlineNanos != Scheduler.NEVER
                && deadlineNanos <= self.scheduler().nanoTime();
    }

    @Override
    public Deadline when() {
        return Api.deadline(deadlineNanos);
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
                Api.nanos(Objects.requireNonNull(newDeadline, "deadline")),
                Api.nanos(newDeadline) <= self.scheduler().nanoTime());
    }

    private void move(long newDeadlineNanos, boolean hasPassed) {
        if (!deadlines.move(this, newDeadlineNanos)) {
            throw new IllegalStateException(this + " cannot be rescheduled: it is " + stateName());
        }
        if (hasPassed) {
            deadlines.look();
        }
    }

    /** As a cancel scope says it. */
    String stateOfScope() {
        return switch (state) {
            case ACTIVE -> "active";
            case EXPIRING -> "cancelling";
            case EXPIRED -> "cancelled";
            case FINISHED -> "finished";
        };
    }

    @Override
    public String toString() {
        var now = state;
        var when = now == State.ACTIVE || now == State.EXPIRING ? " when=" + when() : "";
        return "<Timeout [" + now.name().toLowerCase(Locale.ROOT) + "]" + when + ">";
    }
}
