package dev.weft.internal.scope;

import dev.weft.Ready;
import dev.weft.StartBody;
import dev.weft.TaskOptions;
import dev.weft.internal.api.Bodies;
import dev.weft.internal.failure.AwaitCycleException;
import dev.weft.internal.runtime.Scheduler;
import dev.weft.internal.task.Awaitable;
import dev.weft.internal.task.Owner;
import dev.weft.internal.task.Request;
import dev.weft.internal.task.StructuredStrand;
import dev.weft.internal.task.TaskImpl;
import dev.weft.internal.task.TaskWaiter;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A group's child that its starter waits for until it is ready.
 *
 * <p>{@link #state} goes from PENDING to READY by the child, to ENDED by its end, to LEFT by a starter that is stopped
 * and joins the child, or to HANDED_OVER by one that cannot join it, since it waits for the starter. The failure of a
 * child that is READY or HANDED_OVER is the group's; any other failure is the starter's alone.
 */
final class Starting<V extends @Nullable Object> implements Ready<V>, Owner, Awaitable {

    private enum State {
        PENDING,
        READY,
        ENDED,
        LEFT,
        HANDED_OVER
    }

    private final TaskGroupImpl group;
    private final StructuredStrand starter = StructuredStrand.current();
    private final AtomicReference<State> state = new AtomicReference<>(State.PENDING);

    /** Written before READY, by the one caller of {@link #set} that may. */
    private @Nullable V value;

    private @Nullable TaskImpl<?> child;

    private Starting(TaskGroupImpl group) {
        this.group = group;
    }

    static <V extends @Nullable Object, X extends Exception> V start(
            TaskGroupImpl group, TaskOptions options, StartBody<V, X> body) throws InterruptedException {
        Objects.requireNonNull(options, "options");
        Objects.requireNonNull(body, "body");
        return new Starting<V>(group).start(options, body);
    }

    private <X extends Exception> V start(TaskOptions options, StartBody<V, X> body) throws InterruptedException {
        rejectHolderOfAPlace();
        starter.checkpoint();
        var started = group.begin(this, options, Bodies.toStart(() -> body.run(this)));
        child = started;
        awaitReadyOrEnd(started);
        if (claimEnd()) {
            started.result(); // throws what the child has failed with
            throw new IllegalStateException(started.describe()
                    + " ended without being ready: its body must call ready.set(…) before it returns");
        }
        return value();
    }

    /** The child may need the place that the starter holds itself. */
    private void rejectHolderOfAPlace() {
        var limit = group.limitOfStarts();
        if (limit == Integer.MAX_VALUE) {
            return;
        }
        for (var holder = starter;
                holder instanceof TaskImpl<?> task && holder != group.parent();
                holder = task.owner().parent()) {
            if (isChildOf(group, task)) {
                throw new IllegalStateException(starter.describe() + " holds one of the " + limit
                        + " places of the group that it waits for: start from the group's block, or use createTask");
            }
        }
    }

    private void awaitReadyOrEnd(TaskImpl<?> started) throws InterruptedException {
        starter.letBegin(started);
        var waiter = new TaskWaiter.Unpark(starter);
        started.add(waiter);
        var mark = starter.requestMark();
        try {
            starter.waitFor(this, Scheduler.NEVER);
        } catch (AwaitCycleException e) {
            if (state.compareAndSet(State.PENDING, State.HANDED_OVER)) {
                started.request(new Request(group.reason("its starter cannot wait for it")));
            }
            throw e;
        } catch (InterruptedException e) {
            if (state.compareAndSet(State.PENDING, State.LEFT)) {
                started.request(new Request(TaskImpl.reasonToStop(starter, e)));
            }
            if (isTheGroups()) {
                throw e; // the child is an ordinary one: it goes on
            }
            starter.join(started);
            throw started.afterJoin(starter, mark, e);
        } finally {
            started.remove(waiter);
        }
    }

    @Override
    public void set(V readyValue) {
        synchronized (state) { // of two callers, only the first may write the value
            var now = state.get();
            if (now == State.PENDING) {
                value = readyValue;
                if (state.compareAndSet(State.PENDING, State.READY)) {
                    starter.scheduler().unpark(starter);
                    return;
                }
                now = state.get();
            }
            if (now == State.READY || now == State.ENDED) {
                throw new IllegalStateException(
                        now == State.READY ? "the task is ready already: call set once" : "the task has ended");
            }
        }
    }

    /** Whether the child's end came before it was ready. */
    private boolean claimEnd() {
        return state.compareAndSet(State.PENDING, State.ENDED) || !isTheGroups();
    }

    private boolean isTheGroups() {
        var now = state.get();
        return now == State.READY || now == State.HANDED_OVER;
    }

    @SuppressWarnings("NullAway") // null is a value if the type says so
    private V value() {
        return value;
    }

    // ---- as the child's owner

    @Override
    public void ended(TaskImpl<?> ended) {
        if (claimEnd()) {
            group.endedUnready(ended);
        } else {
            group.ended(ended);
        }
    }

    @Override
    public void cancelledBeforeStart(TaskImpl<?> cancelled) {
        group.cancelledBeforeStart(cancelled);
    }

    @Override
    public @Nullable StructuredStrand parent() {
        return group.parent();
    }

    @Override
    public String kind() {
        return group.kind();
    }

    @Override
    public Owner principal() {
        return group;
    }

    @Override
    public String callName() {
        return group.callName();
    }

    /** Whether {@code task} is a child of {@code group}. */
    static boolean isChildOf(TaskGroupImpl group, TaskImpl<?> task) {
        return task.owner() == group || (task.owner() instanceof Starting<?> starting && starting.group == group);
    }

    // ---- as what the starter waits for

    @Override
    public boolean isReady() {
        return state.get() != State.PENDING || (child != null && child.hasEnded());
    }

    @Override
    public boolean mayCloseCycle() {
        return true;
    }

    @Override
    public void forEachAwaited(Consumer<? super TaskImpl<?>> action) {
        var awaited = child;
        if (awaited != null) {
            action.accept(awaited);
        }
    }

    @Override
    public String toString() {
        return (child == null ? "a task" : child.describe()) + " to be ready";
    }
}
