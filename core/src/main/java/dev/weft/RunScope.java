package dev.weft;

import dev.weft.runtime.Memory;
import dev.weft.runtime.Scheduler;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One run: main, and the background tasks that it and its children have created. Ends when all have ended. */
final class RunScope implements Run, Owner, Waitable, CancellationWatch.Stopping {

    /** How many failures are kept for somebody to look at, before the oldest is reported. */
    private static final int MAX_UNOBSERVED = 1000;

    /** More than there can be tasks. */
    private static final int MAIN_RUNS = 1 << 30;

    /** All that have begun and not ended, in this process. */
    private static final Set<RunScope> OPEN = ConcurrentHashMap.newKeySet();

    private final Scheduler scheduler;
    private final Runner.Settings settings;
    private final Problems problems;
    private final @Nullable Listeners listeners;
    private final CancellationWatch cancellationWatch;
    private final LiveTasks live;
    private final ConcurrentLinkedQueue<TaskImpl<?>> failed = new ConcurrentLinkedQueue<>();
    private final AtomicInteger failedCount = new AtomicInteger();

    /**
     * How many ends the run waits for. As long as main runs, those of background tasks do not come off it, so that
     * cores share no word for them; when it has ended, those that go on are counted in.
     */
    private final AtomicInteger unfinished = new AtomicInteger(MAIN_RUNS);

    private final Activity caller = Activity.current();

    private final int callersShields = caller.shields();

    /** Set when main has ended: why what is left must stop. */
    private volatile @Nullable Cancellation ending;

    private volatile @Nullable TaskImpl<?> main;

    /** Set when the caller leaves although tasks go on: what is to be done when the last one ends, by who takes it. */
    private final AtomicReference<@Nullable Runnable> afterLast = new AtomicReference<>();

    private volatile boolean left;

    private final long createdNanos;

    /** Given when somebody first looks at it. Guarded by the class. */
    private long id;

    RunScope(Scheduler scheduler, Runner.Settings settings) {
        this.scheduler = scheduler;
        this.settings = settings;
        this.live = new LiveTasks(scheduler);
        this.createdNanos = scheduler.nanoTime();
        this.problems = new Problems(settings.problems());
        this.listeners = Listeners.of(settings.listeners());
        this.cancellationWatch = new CancellationWatch(settings.cancellationGrace());
    }

    /** The calling thread's run, or null. */
    static @Nullable RunScope currentOrNull() {
        var activity = Activity.currentOrNull();
        return activity == null ? null : activity.runScope();
    }

    /**
     * The calling thread's run.
     *
     * @throws IllegalStateException if there is none
     */
    static RunScope current(String operation) {
        var run = currentOrNull();
        if (run == null) {
            throw new IllegalStateException(operation + " needs an enclosing run, and "
                    + Activity.current().describe()
                    + " is in none: call Weft.run(…) or EventLoop.run(…) around it, or use a structured call"
                    + " such as gather or taskGroup; a thread that helps a task of a run, as one of a parallel stream,"
                    + " needs its handle: Run run = currentRun() in the task, run.createTask(…) in the thread");
        }
        return run;
    }

    static void rejectNesting() {
        var activity = Activity.currentOrNull();
        if (activity != null && activity.runScope() != null) {
            throw new IllegalStateException("run(…) was called by " + activity.describe()
                    + ", which is in a run already: await the body there, or create a task of it; a library that may"
                    + " be called in a run or not calls taskGroup(…) instead, which works in both");
        }
    }

    /** @param handOver called if the run is left: gives what ends the runtime, to be called after the last task */
    <T extends @Nullable Object> T run(Body<T, ?> body, TaskContext context, Supplier<? extends Runnable> handOver)
            throws InterruptedException {
        var first = new TaskImpl<T>(
                scheduler,
                this,
                caller,
                this,
                createdNanos,
                TaskOptions.defaults().context(context),
                body);
        first.inheritance = Inheritance.of(settings.propagators());
        main = first;
        live.add(first);
        OPEN.add(this);
        try {
            return run(first, handOver);
        } finally {
            if (!left) {
                OPEN.remove(this);
            }
        }
    }

    private <T extends @Nullable Object> T run(TaskImpl<T> first, Supplier<? extends Runnable> handOver)
            throws InterruptedException {
        var dumps = DumpSignals.watch(settings.dumps(), problems);
        var heldLoop = Debug.watch(scheduler, settings.debug(), problems);
        var signals = settings.signals() ? Signals.watch(this) : Signals.NONE;
        try {
            first.start();
            awaitEnd(first, handOver);
        } finally {
            signals.close();
            heldLoop.close();
            dumps.run();
        }
        reportFailures();
        first.observe();
        return first.result();
    }

    private void awaitEnd(TaskImpl<?> first, Supplier<? extends Runnable> handOver) throws InterruptedException {
        var mark = caller.requestMark();
        try {
            caller.waitFor(this, Scheduler.NEVER);
        } catch (InterruptedException e) {
            var request = new Request(Request.CALLER, TaskImpl.reasonToStop(caller, e), null);
            first.request(request);
            if (!caller.joinUnlessInterrupted(this)) {
                leave(e, handOver.get());
            }
            if (first.wasCancelledFor(request.cancellation)) {
                Suppression.addAll(e, first.failures());
                reportFailures();
                throw e;
            }
            // main has ended otherwise: that is told, and the request kept
            caller.tellAgain(e, mark);
        }
    }

    /** The caller goes, what goes on is named. Returns normally if all has ended meanwhile. */
    private void leave(InterruptedException first, Runnable closeRuntime) throws RunAbandonedException {
        var culprits = Culprits.of(this);
        left = true;
        afterLast.set(() -> {
            reportFailures();
            OPEN.remove(this);
            closeRuntime.run();
        });
        if (isReady()) {
            endLeft();
            return;
        }
        for (var task : culprits.shown()) {
            problems.report(
                    Problem.Kind.LEFT_BEHIND,
                    "task '" + task.name() + "' still runs: " + caller.describe()
                            + " was interrupted again and has left its run",
                    task,
                    Culprits.where(task));
        }
        throw new RunAbandonedException(title(), culprits, first);
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
        Checks.notATask(body);
        var creator = Activity.current();
        var task = new TaskImpl<>(scheduler, this, creator, this, scheduler.nanoTime(), options, body);
        if (creator.runScope() != this) {
            task.inheritance = Inheritance.of(settings.propagators());
        }
        if (!live.add(task)) {
            throw new IllegalStateException(
                    "the run " + (isReady() ? "has ended" : "is ending") + ": it takes no new tasks");
        }
        if (options.eagerStart()) {
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
        if (task == main) {
            mainEnded(task);
        } else {
            try {
                Memory.insistOn(this, task, RunScope::keepFailures); // before it leaves: the run may end then
            } finally {
                if (live.remove(task)) {
                    release(1);
                }
            }
        }
    }

    private void mainEnded(TaskImpl<?> task) {
        if (left) {
            Memory.insistOn(failed, task, Queue::add); // there is no caller to throw it to
        }
        live.remove(task);
        var reason = Memory.insist(this, RunScope::reasonToEnd);
        ending = reason;
        var left = live.close();
        try {
            if (left > 0) {
                Memory.insistOn(this, reason, RunScope::stopLeftovers);
                cancellationWatch.add(this, scheduler);
            }
        } finally {
            release(MAIN_RUNS - left);
        }
    }

    private void stopLeftovers(Cancellation reason) {
        if (main != null) {
            FlightLog.cancelled(main, true, reason);
        }
        var interrupter = new Interrupter();
        try {
            live.forEach(leftover -> leftover.request(Request.ofMany(reason), interrupter));
        } finally {
            interrupter.sendAll();
        }
    }

    private Cancellation reasonToEnd() {
        return new Cancellation("the run is ending", "run", Deadline.ofNanos(scheduler.nanoTime()));
    }

    /** The run does not end before {@link #letGo}: a task that has ended is not through with its callbacks. */
    void holdOpen() {
        unfinished.incrementAndGet();
    }

    void letGo() {
        release(1);
    }

    private void release(int count) {
        if (unfinished.addAndGet(-count) == 0) {
            caller.scheduler().unpark(caller);
            endLeft();
        }
    }

    private void keepFailures(TaskImpl<?> task) {
        var whileEnding = ending != null; // before who awaits the task may look at it, and end main by that
        if (!task.hasUnobservedFailure()) {
            return;
        }
        if (whileEnding) {
            report(task, Problem.Kind.SHUTDOWN_FAILURE, " failed while its run was ending");
            return;
        }
        Memory.insistOn(failed, task, Queue::add);
        if (failedCount.incrementAndGet() > MAX_UNOBSERVED) {
            var oldest = failed.poll();
            failedCount.decrementAndGet();
            if (oldest != null) {
                reportUnobserved(oldest);
            }
        }
    }

    private void reportFailures() {
        for (var task = failed.poll(); task != null; task = failed.poll()) {
            reportUnobserved(task);
        }
    }

    private void reportUnobserved(TaskImpl<?> task) {
        if (task.hasUnobservedFailure()) {
            report(task, Problem.Kind.UNOBSERVED_FAILURE, " failed, and nobody looked at it");
        }
    }

    private void report(TaskImpl<?> task, Problem.Kind kind, String what) {
        for (var failure : task.failures()) {
            problems.report(kind, task.describe() + what, task, failure);
        }
    }

    @Override
    public boolean isReady() {
        return unfinished.get() == 0;
    }

    @Override
    public void forEachInvolved(Consumer<? super TaskImpl<?>> action) {
        live.forEach(action);
    }

    @Override
    public String toString() {
        return title();
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
    public @Nullable Activity parent() {
        return null;
    }

    @Override
    public String kind() {
        return "run";
    }

    @Override
    public Set<Task<?>> allTasks() {
        var tasks = new LinkedHashSet<Task<?>>();
        live.forEach(task -> addWithChildren(task, tasks));
        return tasks;
    }

    private static void addWithChildren(TaskImpl<?> task, Set<Task<?>> tasks) {
        var open = new java.util.ArrayDeque<TaskImpl<?>>();
        open.push(task);
        while (!open.isEmpty()) {
            var next = open.pop();
            if (!next.hasEnded() && tasks.add(next)) {
                next.forEachChild(open::push);
            }
        }
    }

    /** All that have begun and not ended, in this process. */
    static List<RunScope> open() {
        return List.copyOf(OPEN);
    }

    long id() {
        synchronized (RunScope.class) {
            if (id == 0) {
                id = DumpNode.nextCallId();
            }
            return id;
        }
    }

    Scheduler scheduler() {
        return scheduler;
    }

    Activity caller() {
        return caller;
    }

    long createdNanos() {
        return createdNanos;
    }

    /** Whether main has ended, and what it has left is waited for. */
    boolean isEnding() {
        return ending != null;
    }

    /** What it is, in words. */
    String title() {
        return "run on " + scheduler + ", called by " + caller.describe();
    }

    /** Visits main and the background tasks that have not ended. */
    void forEachLive(Consumer<? super TaskImpl<?>> action) {
        live.forEach(action);
    }

    /** Asks main to stop. */
    void cancelMain(String reason) {
        var first = main;
        if (first != null) {
            first.cancel(reason);
        }
    }

    boolean isDebug() {
        return settings.debug();
    }

    Problems problems() {
        return problems;
    }

    /** Null if there are none. */
    @Nullable
    Listeners listeners() {
        return listeners;
    }

    /** The number of shields that the call of {@code run} is in. */
    int callersShields() {
        return callersShields;
    }

    CancellationWatch cancellationWatch() {
        return cancellationWatch;
    }
}
