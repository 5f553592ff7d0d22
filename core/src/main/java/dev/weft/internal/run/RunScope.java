package dev.weft.internal.run;

import dev.weft.Body;
import dev.weft.Cancellation;
import dev.weft.Run;
import dev.weft.RunAbandonedException;
import dev.weft.Task;
import dev.weft.TaskContext;
import dev.weft.TaskOptions;
import dev.weft.internal.api.Api;
import dev.weft.internal.api.Cancellations;
import dev.weft.internal.api.Checks;
import dev.weft.internal.runtime.Memory;
import dev.weft.internal.runtime.Scheduler;
import dev.weft.internal.scope.LiveTasks;
import dev.weft.internal.task.Awaitable;
import dev.weft.internal.task.CancellationWatch;
import dev.weft.internal.task.FlightEvents;
import dev.weft.internal.task.InheritedContext;
import dev.weft.internal.task.Interrupter;
import dev.weft.internal.task.Owner;
import dev.weft.internal.task.ProcessDefaults;
import dev.weft.internal.task.Request;
import dev.weft.internal.task.StructuredStrand;
import dev.weft.internal.task.Suppression;
import dev.weft.internal.task.TaskImpl;
import dev.weft.internal.task.TaskNumbers;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One run: main, and the background tasks that it and its children have created. Ends when all have ended. */
public final class RunScope extends AbstractRun implements Run, Awaitable, CancellationWatch.Stopping {

    private final LiveTasks live;
    private final UnobservedFailures failures;

    private final AwaitedEnds ends = new AwaitedEnds();

    /** Set when main has ended: why what is left must stop. */
    private volatile @Nullable Cancellation ending;

    private volatile @Nullable TaskImpl<?> main;

    /** Set when the caller leaves although tasks go on: what is to be done when the last one ends, by who takes it. */
    private final AtomicReference<@Nullable Runnable> afterLast = new AtomicReference<>();

    private volatile boolean left;

    /** Those besides the caller that wait for the end. */
    private final Set<StructuredStrand> waiters = ConcurrentHashMap.newKeySet();

    public RunScope(Scheduler scheduler, RunSettings settings) {
        super(scheduler, settings);
        this.live = new LiveTasks(scheduler);
        this.failures = new UnobservedFailures(
                problems(),
                scheduler,
                settings.failureDelay().orElse(ProcessDefaults.current().failureDelay()));
    }

    /**
     * Runs main, and waits for all that it has started.
     *
     * @param handOver called if the run is left: gives what ends the runtime, to be called after the last task
     */
    public <T extends @Nullable Object> T run(
            Body<T, ?> body, TaskContext context, Supplier<? extends Runnable> handOver) throws InterruptedException {
        var options = TaskOptions.defaults().context(context);
        var first = new TaskImpl<T>(
                scheduler(),
                this,
                caller(),
                this,
                createdNanos(),
                TaskNumbers.next(),
                settings().mainName().map(options::name).orElse(options),
                body);
        first.inheritance = InheritedContext.of(settings().propagators());
        main = first;
        live.add(first);
        Runs.opened(this);
        try {
            return run(first, handOver);
        } finally {
            if (!left) {
                Runs.closed(this);
            }
        }
    }

    private <T extends @Nullable Object> T run(TaskImpl<T> first, Supplier<? extends Runnable> handOver)
            throws InterruptedException {
        var dumps = DumpSignals.watch(settings().dumps(), problems());
        var heldLoop = LongTurnWatch.watch(scheduler(), isDebug(), problems());
        var signals = Signals.watch(this, settings().signals());
        try {
            caller().announce(this); // a dump of main's shows no call of the caller's
            caller().call(() -> startAndAwait(first, handOver)); // for which there is memory, or nothing begins
        } finally {
            caller().forgetAnnounced();
            signals.close();
            heldLoop.close();
            dumps.run();
        }
        failures.reportAll();
        first.observe();
        return first.result();
    }

    private @Nullable Void startAndAwait(TaskImpl<?> first, Supplier<? extends Runnable> handOver)
            throws InterruptedException {
        try {
            first.start();
            awaitEnd(first, handOver);
            return null;
        } catch (RuntimeException | Error e) { // such as one for want of memory
            stopAndJoin(first, e);
            throw e;
        }
    }

    private void awaitEnd(TaskImpl<?> first, Supplier<? extends Runnable> handOver) throws InterruptedException {
        var mark = caller().requestMark();
        try {
            caller().waitFor(this, Scheduler.NEVER);
        } catch (InterruptedException e) {
            var request = requestFor(caller(), e);
            first.request(request);
            if (!caller().joinUnlessInterrupted(this)) {
                leave(e, handOver.get());
            }
            if (first.wasCancelledFor(request.cancellation)) {
                Suppression.addAll(e, first.failures());
                failures.reportAll();
                throw e;
            }
            // main has ended otherwise: that is told, and the request kept
            caller().tellAgain(e, mark);
        }
    }

    /** The wait has failed: no task is left alone for that. */
    private void stopAndJoin(TaskImpl<?> first, Throwable failure) {
        if (!left) {
            first.request(Memory.insist(caller(), failure, RunScope::requestFor));
            caller().join(this);
            Suppression.addAll(failure, first.failures());
            failures.reportAll();
        }
    }

    private static Request requestFor(StructuredStrand caller, Throwable failure) {
        var reason = failure instanceof InterruptedException interrupted
                ? TaskImpl.reasonToStop(caller, interrupted)
                : Cancellations.now(caller.scheduler(), "its wait has failed", caller.describe());
        return new Request(Request.Kind.CALLER, reason, null);
    }

    /** The caller goes, what goes on is named. Returns normally if all has ended meanwhile. */
    private void leave(InterruptedException first, Runnable closeRuntime) throws RunAbandonedException {
        var unfinishedTasks = UnfinishedTasks.of(this);
        Runnable last = () -> {
            failures.reportAll();
            Runs.closed(this);
            closeRuntime.run();
        };
        left = true;
        afterLast.set(last);
        if (isReady()) {
            endLeft();
            return;
        }
        unfinishedTasks.report(problems(), caller().describe() + " was interrupted again and has left its run");
        var abandoned = Api.abandoned(
                "the " + title() + ", was interrupted again and left: " + unfinishedTasks.title(),
                unfinishedTasks.names(),
                first);
        unfinishedTasks.shown().forEach(task -> abandoned.addSuppressed(UnfinishedTasks.where(task)));
        throw abandoned;
    }

    private void endLeft() {
        var last = afterLast.getAndSet(null);
        if (last != null) {
            last.run();
        }
    }

    @Override
    public <T extends @Nullable Object> Task<T> createTask(TaskOptions options, Body<T, ?> body) {
        Objects.requireNonNull(options, "options");
        return createTask(options, body, ownerOf(options));
    }

    Owner ownerOf(TaskOptions options) {
        var delay = Api.failureDelay(options);
        return delay == null ? this : BackgroundOwner.patient(this, delay);
    }

    /** A background task of this run, of whose end {@code owner} tells it. */
    <T extends @Nullable Object> Task<T> createTask(TaskOptions options, Body<T, ?> body, Owner owner) {
        Checks.notATask(body);
        var creator = StructuredStrand.current();
        var task = new TaskImpl<>(
                scheduler(), this, creator, owner, scheduler().nanoTime(), TaskNumbers.next(), options, body);
        if (creator.runContext() != this) {
            task.inheritance = InheritedContext.of(settings().propagators());
        }
        if (!live.add(task)) {
            throw new IllegalStateException("the run "
                    + (isReady() ? "has ended" : ending == null ? "drains" : "is ending") + ": it takes no new tasks");
        }
        if (Api.startsEagerly(options)) {
            task.startEagerly(creator);
        } else {
            task.start();
        }
        var reason = ending;
        if (reason != null) {
            task.request(new Request(reason));
        }
        return task;
    }

    @Override
    public void ended(TaskImpl<?> task) {
        ended(task, this, RunScope::keepFailures);
    }

    <O> void ended(TaskImpl<?> task, O owner, BiConsumer<O, TaskImpl<?>> keepFailures) {
        if (task == main) {
            mainEnded(task);
        } else {
            try {
                Memory.insistOn(owner, task, keepFailures); // before it leaves: the run may end then
            } finally {
                if (live.remove(task)) {
                    ended(ends.remove(1));
                }
            }
        }
    }

    private void mainEnded(TaskImpl<?> task) {
        if (left) {
            Memory.insistOn(failures, task, UnobservedFailures::keepMain);
        }
        live.remove(task);
        var reason = Memory.insist(this, RunScope::reasonToEnd);
        ending = reason;
        var others = ends.isDraining() ? ends.besidesMain() : live.close();
        try {
            if (others > 0) {
                Memory.insistOn(this, reason, RunScope::stopLeftovers);
                cancellationWatch().add(this, scheduler());
            }
        } finally {
            ended(ends.mainEnded(others));
        }
    }

    // ---- a run that is closed

    /** Takes no new tasks from now on. Called by main. */
    void beginDrain() {
        ends.beginDrain(live.close() - 1);
    }

    /** Whether nothing but main goes on. Only while this drains. */
    boolean isDrained() {
        return ends.besidesMain() == 0;
    }

    void wakeMain() {
        var first = main;
        if (first != null) {
            scheduler().unpark(first);
        }
    }

    @Override
    public ExecutorService asExecutorService() {
        return new RunExecutor(this);
    }

    private void stopLeftovers(Cancellation reason) {
        if (main != null) {
            FlightEvents.cancelled(main, true, reason);
        }
        Interrupter.askMany(
                interrupter -> live.forEach(leftover -> leftover.request(Request.ofMany(reason), interrupter)));
    }

    private Cancellation reasonToEnd() {
        return new Cancellation(
                "the run is ending", "run", Api.deadline(scheduler().nanoTime()));
    }

    @Override
    public void holdOpen() {
        ends.add();
    }

    @Override
    public void letGo() {
        ended(ends.remove(1));
    }

    private void ended(AwaitedEnds.Left left) {
        switch (left) {
            case NOTHING -> {
                caller().scheduler().unpark(caller());
                if (!waiters.isEmpty()) { // whoever comes now sees that this has ended
                    Memory.insistOn(
                            waiters,
                            all -> all.forEach(waiter -> waiter.scheduler().unpark(waiter)));
                }
                endLeft();
            }
            case MAIN -> wakeMain();
            case MORE -> {}
        }
    }

    /** Has {@code waiter} unparked when this has ended, if it has not yet. */
    void unparkAtEnd(StructuredStrand waiter) {
        waiters.add(waiter);
    }

    void unparkNoMore(StructuredStrand waiter) {
        waiters.remove(waiter);
    }

    private void keepFailures(TaskImpl<?> task) {
        keepFailures(task, null);
    }

    void keepFailures(TaskImpl<?> task, @Nullable Duration ownDelay) {
        var whileEnding = ending != null; // before who awaits the task may look at it, and end main by that
        failures.keep(task, whileEnding, ownDelay);
    }

    @Override
    public boolean isReady() {
        return ends.isZero();
    }

    @Override
    public void forEachInvolved(Consumer<? super TaskImpl<?>> action) {
        live.forEach(action);
    }

    @Override
    public boolean isOver() {
        return isReady();
    }

    @Override
    public void forEachStopping(Consumer<? super TaskImpl<?>> action) {
        live.forEach(action);
    }

    @Override
    public Set<Task<?>> allTasks() {
        return UnfinishedTasks.allOf(live);
    }

    @Override
    public boolean isMain(TaskImpl<?> task) {
        return task == main;
    }

    /** Whether main has ended, and what it has left is waited for. */
    public boolean isEnding() {
        return ending != null;
    }

    /** Visits main and the background tasks that have not ended. */
    public void forEachLive(Consumer<? super TaskImpl<?>> action) {
        live.forEach(action);
    }

    /** Asks main to stop. */
    void cancelMain(String reason) {
        var first = main;
        if (first != null) {
            first.cancel(reason);
        }
    }
}
