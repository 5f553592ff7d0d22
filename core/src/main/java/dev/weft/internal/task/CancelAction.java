package dev.weft.internal.task;

import dev.weft.Body;
import dev.weft.CancelledException;
import dev.weft.Problem;
import dev.weft.VoidBody;
import dev.weft.internal.failure.Interrupts;
import dev.weft.internal.failure.Sneaky;
import dev.weft.internal.runtime.Durations;
import dev.weft.internal.runtime.Fields;
import dev.weft.internal.runtime.Scheduler;
import dev.weft.internal.runtime.StackReserve;
import dev.weft.internal.runtime.TimerHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An action that is run when the block it stands around is cancelled, in place of the interrupt: that is sent only if
 * the block goes on although the action has run, or has hung.
 *
 * <p>{@link #state} goes from OPEN to CLOSED when the block ends, or to TRIGGERED by the first request and then to OVER
 * when the action has run; the end of the block waits for that.
 */
public final class CancelAction implements Awaitable {

    private static final int OPEN = 0;
    private static final int TRIGGERED = 1;
    private static final int OVER = 2;
    private static final int CLOSED = 3;

    private static final VarHandle STATE = Fields.handle(MethodHandles.lookup(), "state", int.class);

    /** How long a block may go on after its action, before it is interrupted. */
    public static final Duration DEFAULT_GRACE = Duration.ofSeconds(1);

    private final StructuredStrand self;
    private final VoidBody<?> action;
    private final Duration grace;

    /** The next action outwards. Guarded by the strand's lock. */
    @Nullable
    CancelAction outer;

    /** Another one that the same request has triggered. Guarded by the strand's lock, then its starter's. */
    @Nullable
    CancelAction nextTriggered;

    private volatile int state;

    /** Asked by a block, such as a timeout, whose result the body's is: not by whoever cancels the task. */
    private boolean isTriggeredByBlock;

    /** No interrupt is sent yet for what has triggered this. Guarded by the strand's lock. */
    boolean defersInterrupts = true;

    /** The action has ended; written before {@link #state} says so. */
    private volatile boolean hasRun;

    /** Runs the action; null before. */
    private volatile @Nullable Thread runner;

    /** The next look at a block, or an action, that goes on. Guarded by this. */
    private @Nullable TimerHandle timer;

    /** There is nothing to look at any more. Guarded by this. */
    private boolean left;

    /** Written before OVER. */
    private @Nullable Throwable failure;

    private CancelAction(StructuredStrand self, VoidBody<?> action, Duration grace) {
        StackReserve.forConstruct();
        this.self = self;
        this.action = action;
        this.grace = grace;
    }

    public static <T extends @Nullable Object, X extends Exception> T call(
            VoidBody<?> action, Duration interruptAfter, Body<T, X> body, Predicate<? super T> isComplete)
            throws X, InterruptedException {
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(interruptAfter, "interruptAfter");
        Objects.requireNonNull(body, "body");
        Objects.requireNonNull(isComplete, "isComplete");
        if (interruptAfter.isNegative()) {
            throw new IllegalArgumentException("interruptAfter must not be negative, and is " + interruptAfter);
        }
        var self = StructuredStrand.current();
        var registered = new CancelAction(self, action, interruptAfter);
        self.addCancelAction(registered);
        T value;
        try {
            value = self.call(body);
        } catch (Throwable e) {
            throw Sneaky.rethrow(registered.end(e));
        }
        var isDropped = false;
        Throwable broken = null;
        try {
            isDropped = registered.isTriggeredByBlock() && !isComplete.test(value);
        } catch (Throwable e) {
            broken = e; // not how the body has stopped, so no cause of a cancellation, which a limit may drop
        }
        var failure = registered.end(false);
        if (broken != null) {
            if (failure != null) {
                Suppression.add(broken, failure);
            }
            throw Sneaky.rethrow(broken);
        }
        var cancelled = isDropped ? self.noticed() : null;
        if (cancelled != null) {
            if (failure != null) {
                Suppression.add(cancelled, failure);
            }
            throw cancelled;
        }
        if (failure != null) {
            Problems.of(self)
                    .report(
                            Problem.Kind.CALLBACK_FAILURE,
                            "the onCancel action of " + self.describe() + " failed",
                            TaskImpl.currentTaskOrNull(),
                            failure);
        }
        return value;
    }

    /**
     * The block was asked to stop. Called with the strand's lock held, so that the block, which learns of the request
     * afterwards, cannot end before.
     *
     * @return whether to {@link #start} the action
     */
    boolean trigger(boolean byBlock) {
        if (state != OPEN) {
            return false;
        }
        isTriggeredByBlock = byBlock;
        return STATE.compareAndSet(this, OPEN, TRIGGERED);
    }

    private boolean isTriggeredByBlock() {
        return state != OPEN && isTriggeredByBlock;
    }

    /** Starts all that a request has triggered. */
    static void startAll(@Nullable CancelAction triggered) {
        for (var action = triggered; action != null; action = action.nextTriggered) {
            action.start();
        }
    }

    /** Runs the action, which was triggered. If it cannot be started, it has failed with the reason. */
    void start() {
        setTimer(CancellationWatch.of(self).grace());
        try {
            self.scheduler().startBeside("weft-on-cancel " + self.name(), this::runAction);
        } catch (Throwable e) {
            over(e);
        }
    }

    private void runAction() {
        Throwable thrown = null;
        runner = Thread.currentThread();
        try {
            action.execute();
        } catch (Throwable e) {
            thrown = e;
        }
        over(thrown);
    }

    private void over(@Nullable Throwable thrown) {
        failure = thrown;
        hasRun = true;
        setTimer(grace); // before the block can end
        state = OVER;
        self.scheduler().unpark(self);
    }

    // ---- the body goes on

    /** In place of the timer that was set before. Never throws: without memory for one, the time has passed. */
    private void setTimer(Duration delay) {
        try {
            var due = Durations.deadline(self.scheduler(), delay);
            synchronized (this) {
                cancelTimer();
                timer = left || due == Scheduler.NEVER ? null : self.scheduler().scheduleWatch(due, this::look);
            }
        } catch (Throwable e) {
            look();
        }
    }

    /** With this locked. */
    private void cancelTimer() {
        var set = timer;
        timer = null;
        if (set != null) {
            set.cancel();
        }
    }

    /** The body goes on although its action has run, or hangs, which is reported: the body is interrupted. */
    private void look() {
        try {
            self.deferNoMore(this);
            if (!hasRun) {
                Thread.ofVirtual().name("weft-on-cancel-report").start(this::reportLate);
            }
        } catch (Throwable e) {
            // for want of memory: the interrupt counts more than the report
        }
    }

    private void reportLate() {
        var where = new Throwable("where the action is now");
        var thread = runner;
        where.setStackTrace(thread == null ? new StackTraceElement[0] : thread.getStackTrace());
        if (!hasRun) {
            Problems.of(self)
                    .report(
                            Problem.Kind.IGNORES_CANCELLATION,
                            "the onCancel action of " + self.describe() + " still runs "
                                    + Durations.format(
                                            CancellationWatch.of(self).grace())
                                    + " after it was started, and its block cannot end before: give what it calls a"
                                    + " time limit",
                            self instanceof TaskImpl<?> task ? task : null,
                            where);
        }
    }

    /**
     * The exception to throw instead of {@code thrown}: how the body stops, once the action has run, is its own affair.
     */
    private Throwable end(Throwable thrown) {
        var failure = end(Interrupts.isSurface(thrown) && !(thrown instanceof CancelledException));
        if (failure != null) {
            Suppression.add(thrown, failure);
        }
        if (state == CLOSED || Interrupts.isSurface(thrown) || thrown instanceof VirtualMachineError) {
            return thrown;
        }
        var cancelled = self.noticed();
        if (cancelled == null) {
            return thrown;
        }
        return CarriedFailures.replace(thrown, cancelled);
    }

    /**
     * @param noticed whether the body has stopped as if it had been interrupted
     * @return what the action has thrown
     */
    private @Nullable Throwable end(boolean noticed) {
        self.removeCancelAction(this, noticed);
        if (STATE.compareAndSet(this, OPEN, CLOSED)) {
            return null;
        }
        self.join(this);
        synchronized (this) {
            left = true;
            cancelTimer();
        }
        return failure;
    }

    @Override
    public boolean isReady() {
        return state == OVER;
    }

    @Override
    public String toString() {
        return "its onCancel action";
    }
}
