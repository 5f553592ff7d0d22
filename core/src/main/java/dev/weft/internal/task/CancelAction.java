package dev.weft.internal.task;

import dev.weft.Body;
import dev.weft.Problem;
import dev.weft.internal.failure.Interrupts;
import dev.weft.internal.failure.Sneaky;
import dev.weft.internal.runtime.Fields;
import dev.weft.internal.runtime.StackReserve;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An action that is run when the block it stands around is cancelled.
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

    private final Activity self;
    private final Runnable action;

    /** The next action outwards. Guarded by the activity's lock. */
    @Nullable
    CancelAction outer;

    /** Another one that the same request has triggered. Guarded by the activity's lock, then its starter's. */
    @Nullable
    CancelAction nextTriggered;

    private volatile int state;

    /** Asked by a block, such as a timeout, whose result the body's is: not by whoever cancels the task. */
    private boolean isTriggeredByBlock;

    /** Written before OVER. */
    private @Nullable Throwable failure;

    private CancelAction(Activity self, Runnable action) {
        StackReserve.forConstruct();
        this.self = self;
        this.action = action;
    }

    public static <T extends @Nullable Object, X extends Exception> T call(
            Runnable action, Body<T, X> body, Predicate<? super T> isComplete) throws X, InterruptedException {
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(body, "body");
        Objects.requireNonNull(isComplete, "isComplete");
        var self = Activity.current();
        var registered = new CancelAction(self, action);
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
        var failure = registered.end();
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
     * The block was asked to stop. Called with the activity's lock held, so that the block, which learns of the request
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
        try {
            self.scheduler().startBeside("weft-on-cancel " + self.name(), this::runAction);
        } catch (Throwable e) {
            over(e);
        }
    }

    private void runAction() {
        Throwable thrown = null;
        try {
            action.run();
        } catch (Throwable e) {
            thrown = e;
        }
        over(thrown);
    }

    private void over(@Nullable Throwable thrown) {
        failure = thrown;
        state = OVER;
        self.scheduler().unpark(self);
    }

    /**
     * What is to be thrown instead of {@code thrown}: how the body stops, once the action has run, is its own affair.
     */
    private Throwable end(Throwable thrown) {
        var failure = end();
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

    /** @return what the action has thrown */
    private @Nullable Throwable end() {
        self.removeCancelAction(this);
        if (STATE.compareAndSet(this, OPEN, CLOSED)) {
            return null;
        }
        self.join(this);
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
