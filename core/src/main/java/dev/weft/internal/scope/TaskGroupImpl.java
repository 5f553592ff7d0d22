package dev.weft.internal.scope;

import dev.weft.Body;
import dev.weft.Cancellation;
import dev.weft.ExceptionGroup;
import dev.weft.GroupBody;
import dev.weft.GroupOptions;
import dev.weft.StartBody;
import dev.weft.Task;
import dev.weft.TaskGroup;
import dev.weft.TaskOptions;
import dev.weft.internal.api.Api;
import dev.weft.internal.api.Cancellations;
import dev.weft.internal.api.Checks;
import dev.weft.internal.failure.AwaitedCancelledException;
import dev.weft.internal.failure.Interrupts;
import dev.weft.internal.runtime.Fields;
import dev.weft.internal.runtime.Memory;
import dev.weft.internal.runtime.Scheduler;
import dev.weft.internal.task.Awaitable;
import dev.weft.internal.task.CallbackStrand;
import dev.weft.internal.task.CancelAction;
import dev.weft.internal.task.CarriedFailures;
import dev.weft.internal.task.Owner;
import dev.weft.internal.task.Request;
import dev.weft.internal.task.Scope;
import dev.weft.internal.task.StructuredStrand;
import dev.weft.internal.task.TaskImpl;
import dev.weft.internal.task.TaskNumbers;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A task group. The block runs on the caller's thread; then the caller joins the children.
 *
 * <p>Two words: {@link #unfinished} counts what keeps the group open (the block and each child) and lets nobody in once
 * it is 0; the {@link Stop} is set once: by the first failure, by {@link #cancel}, or for the caller when that is
 * cancelled. The thread that sets it cancels the children that it finds; a thread that adds a child looks at it
 * afterwards.
 */
public final class TaskGroupImpl extends Scope implements TaskGroup, Awaitable {

    private static final VarHandle ASKED = Fields.handle(MethodHandles.lookup(), "asked", Object.class);
    private static final Object BLOCK_ENDED = new Object();

    private final GroupOptions options;
    private final LiveTasks live = new LiveTasks(parent.scheduler());
    private final @Nullable StartLimit startLimit;
    private final AtomicInteger unfinished = new AtomicInteger(1);

    /** One of those started last: any will do. */
    private @Nullable TaskImpl<?> last;

    private final @Nullable CancelAction outerAction = parent.cancelAction();

    private final GroupFailures failures = new GroupFailures();

    /** The request that the group makes to its own block, or {@link #BLOCK_ENDED}; null before. */
    @SuppressWarnings("UnusedVariable") // by ASKED
    private volatile @Nullable Object asked;

    /** Whether requests from outside of this have ended the block. Of the parent's thread. */
    private boolean isBlockAsked;

    private TaskGroupImpl(GroupOptions options) {
        super(StructuredStrand.current());
        this.options = options;
        this.startLimit = Api.limit(options) == Integer.MAX_VALUE ? null : new StartLimit(Api.limit(options));
    }

    public static <R extends @Nullable Object> R run(GroupOptions options, GroupBody<R> block)
            throws ExceptionGroup, InterruptedException {
        Objects.requireNonNull(options, "options");
        Objects.requireNonNull(block, "block");
        return new TaskGroupImpl(options).run(block);
    }

    @SuppressWarnings("NullAway") // null only if the group was cancelled, as documented
    private <R extends @Nullable Object> R run(GroupBody<R> block) throws ExceptionGroup, InterruptedException {
        parent.checkpoint();
        var mark = parent.requestMark();
        R result = null;
        Throwable thrown = null;
        InterruptedException stopped;
        open();
        try {
            try {
                result = parent.<R, Exception>call(() -> block.run(this));
            } catch (Throwable e) {
                thrown = e;
            }
            stopped = joinChildren(endBlockOr(thrown, mark));
        } finally {
            closeScope();
        }
        failures.throwAll(parent, stopped, isBlockAsked, mark);
        if (stopped != null) {
            throw stopped;
        }
        return result;
    }

    /** {@link #endBlock}; what fails there is a failure of the block, so that no child is left alone. */
    private @Nullable InterruptedException endBlockOr(@Nullable Throwable thrown, int mark) {
        try {
            return endBlock(thrown, mark);
        } catch (VirtualMachineError e) {
            fail(Memory.<Throwable, List<Throwable>>insist(e, List::of));
            return null;
        }
    }

    /**
     * @return what the caller is to see if nothing fails: that it was asked to stop by somebody else than this group
     */
    private @Nullable InterruptedException endBlock(@Nullable Throwable thrown, int mark) {
        var own = ASKED.getAndSet(this, BLOCK_ENDED) instanceof Request request ? request : null;
        var wasTold = own != null && parent.withdraw(own, thrown);
        if (thrown == null) {
            return null;
        }
        if (!Interrupts.isSurface(thrown)) {
            fail(List.of(thrown));
            return null;
        }
        var passed = parent.passOn(mark, own, Scheduler.NEVER, thrown);
        if (passed != null || (!wasTold && thrown instanceof InterruptedException)) {
            isBlockAsked = passed != null;
            var stopped = asInterruptedException(passed != null ? passed : thrown);
            stop(TaskImpl.reasonToStop(parent, stopped), false);
            return stopped;
        }
        if (wasTold || (isStopping() && thrown instanceof AwaitedCancelledException)) {
            fail(CarriedFailures.in(thrown));
        } else {
            fail(List.of(thrown));
        }
        return null;
    }

    private InterruptedException asInterruptedException(Throwable thrown) {
        if (thrown instanceof InterruptedException interrupted) {
            return interrupted;
        }
        var cancellation = parent.cancellation();
        var exception = cancellation == null ? new InterruptedException() : Api.cancelled(cancellation, true);
        return CarriedFailures.replace(thrown, exception);
    }

    private @Nullable InterruptedException joinChildren(@Nullable InterruptedException stopped) {
        parent.letBegin(last);
        release();
        var seen = stopped;
        if (stopped == null) {
            try {
                parent.waitFor(this, Scheduler.NEVER);
            } catch (InterruptedException e) {
                seen = e;
                stop(TaskImpl.reasonToStop(parent, e), false);
            }
        }
        parent.join(this);
        return seen;
    }

    // ---- children

    @Override
    public <T extends @Nullable Object> Task<T> createTask(TaskOptions taskOptions, Body<T, ?> body) {
        Objects.requireNonNull(taskOptions, "options");
        return begin(this, taskOptions, Checks.notATask(body));
    }

    @Override
    public <V extends @Nullable Object, X extends Exception> V start(TaskOptions taskOptions, StartBody<V, X> body)
            throws InterruptedException {
        return Starting.start(this, taskOptions, body);
    }

    /** Starts a child whose end {@code owner} is told of, which tells this. */
    <T extends @Nullable Object> TaskImpl<T> begin(Owner owner, TaskOptions taskOptions, Body<T, ?> body) {
        var creator = StructuredStrand.current();
        var child = new TaskImpl<>(
                parent.scheduler(),
                parent.runContext(),
                creator,
                owner,
                parent.scheduler().nanoTime(),
                TaskNumbers.next(),
                taskOptions,
                body);
        enter();
        live.add(child);
        if (startLimit != null) {
            startLimit.startOrEnd(child);
        } else if (Api.startsEagerly(taskOptions)) {
            child.startEagerly(creator);
        } else {
            child.start();
            last = child;
        }
        stopIfLate(child);
        return child;
    }

    private void enter() {
        int count;
        do {
            count = unfinished.get();
            if (count == 0) {
                throw new IllegalStateException(
                        this + " is finished: create tasks within its block, or in one of its tasks");
            }
            if (isStopping()) {
                throw new IllegalStateException(this + " is shutting down: it takes no new tasks");
            }
        } while (!unfinished.compareAndSet(count, count + 1));
    }

    @Override
    public void ended(TaskImpl<?> child) {
        live.remove(child);
        var failed = Memory.<TaskImpl<?>, List<Throwable>>insist(child, TaskImpl::failures);
        var handler = Api.onFailure(options);
        var fatal = !failed.isEmpty() && failed.getFirst() instanceof VirtualMachineError;
        if (!failed.isEmpty() && (fatal || !Api.isSupervisor(options))) {
            fail(failed);
        } else if (handler == null && !failed.isEmpty()) {
            failures.add(failed);
        }
        if (startLimit != null) {
            startLimit.ended(child);
        }
        if (handler != null && !failed.isEmpty() && !fatal) {
            try {
                CallbackStrand.start(child, "failure", () -> {
                    try {
                        failures.handle(handler, child, failed);
                    } finally {
                        release();
                    }
                });
            } catch (Throwable e) {
                failures.add(failed);
                release();
                throw e;
            }
        } else {
            release();
        }
    }

    /** A child has ended whose failure is its starter's affair. */
    void endedUnready(TaskImpl<?> child) {
        live.remove(child);
        if (startLimit != null) {
            startLimit.ended(child);
        }
        release();
    }

    /** How many children may run at once. */
    int limitOfStarts() {
        return Api.limit(options);
    }

    @Override
    public void cancelledBeforeStart(TaskImpl<?> child) {
        if (startLimit != null && startLimit.remove(child)) {
            child.endUnstarted();
        }
    }

    private void fail(List<Throwable> failed) {
        if (!failed.isEmpty()) {
            failures.add(failed);
            if (!isStopping()) {
                stop(Memory.insist(this, failed.getFirst(), TaskGroupImpl::reasonOf), true);
            }
        }
    }

    private Cancellation reasonOf(Throwable failure) {
        return reason(failure.getClass().getSimpleName() + " in the group");
    }

    private void release() {
        if (unfinished.decrementAndGet() == 0) {
            parent.scheduler().unpark(parent);
        }
    }

    @Override
    public void forEachAwaited(Consumer<? super TaskImpl<?>> action) {
        live.forEach(action);
    }

    @Override
    public void forEachJoined(Consumer<? super TaskImpl<?>> action) {
        forEachChild(action);
    }

    @Override
    public boolean isReady() {
        return unfinished.get() == 0;
    }

    // ---- stopping

    @Override
    public void cancel() {
        if (!isReady()) {
            stop(reason("the group was cancelled"), true);
        }
    }

    @Override
    protected void beginStop() {
        if (startLimit != null) {
            startLimit.close();
        }
    }

    /** @param asksBlock false if the block knows already, because its caller was cancelled */
    private void stop(Cancellation reason, boolean asksBlock) {
        if (stopOnce(reason, null) && asksBlock) {
            var request = Memory.insist(this, reason, TaskGroupImpl::requestOfBlock);
            if (ASKED.compareAndSet(this, null, request)) {
                parent.request(request); // void if the block has ended and withdrawn it
            }
        }
    }

    private Request requestOfBlock(Cancellation reason) {
        return new Request(Request.Kind.GROUP, reason, outerAction, shields, null);
    }

    Cancellation reason(String why) {
        return Cancellations.now(parent.scheduler(), why, "task group of " + parent.describe());
    }

    @Override
    public void forEachChild(Consumer<? super TaskImpl<?>> action) {
        live.forEach(action);
    }

    @Override
    public String title() {
        var name = Api.name(options);
        return (Api.isSupervisor(options) ? "supervising task group" : "task group")
                + (name == null ? "" : " '" + name + "'")
                + (startLimit == null ? "" : " with limit " + Api.limit(options));
    }

    @Override
    public String kind() {
        return "task group";
    }

    @Override
    public String callName() {
        var name = Api.name(options);
        return name == null ? kind() : name;
    }

    @Override
    public String toString() {
        var text = new StringBuilder("<TaskGroup");
        var count = new AtomicInteger();
        live.forEach(child -> count.incrementAndGet());
        if (count.get() > 0) {
            text.append(" tasks=").append(count);
        }
        var failed = failures.size();
        if (failed > 0) {
            text.append(" errors=").append(failed);
        }
        if (isReady()) {
            text.append(" finished");
        } else if (isStopping()) {
            text.append(" cancelling");
        }
        return text.append('>').toString();
    }
}
