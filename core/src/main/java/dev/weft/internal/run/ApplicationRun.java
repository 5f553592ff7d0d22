package dev.weft.internal.run;

import dev.weft.Body;
import dev.weft.StartedRun;
import dev.weft.Task;
import dev.weft.TaskContext;
import dev.weft.TaskOptions;
import dev.weft.internal.runtime.Durations;
import dev.weft.internal.runtime.Memory;
import dev.weft.internal.runtime.Scheduler;
import dev.weft.internal.task.Awaitable;
import dev.weft.internal.task.StructuredStrand;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * A run on a thread of its own, whose main waits until somebody closes it: then it has the run drained, and ends, by
 * which the tasks that are left are cancelled.
 */
public final class ApplicationRun implements StartedRun {

    private final CompletableFuture<RunScope> scope = new CompletableFuture<>();
    private final End end = new End();
    private final Closing closing = new Closing();

    /** The target of main's wait. */
    private static final class Closing implements Awaitable {

        /** On the run's clock: when the tasks are to be cancelled. Guarded by this. */
        private long deadlineNanos = Scheduler.NEVER;

        private volatile boolean asked;

        synchronized long deadlineNanos() {
            return deadlineNanos;
        }

        void ask(RunScope run, Duration drain) {
            synchronized (this) {
                deadlineNanos = Math.min(deadlineNanos, Durations.deadline(run.scheduler(), drain));
                asked = true;
            }
            run.wakeMain();
        }

        @Override
        public boolean isReady() {
            return asked;
        }

        @Override
        public String toString() {
            return "somebody to close the run";
        }
    }

    /** The target of callers of {@code close}. */
    private static final class End implements Awaitable {

        private final Set<StructuredStrand> waiters = ConcurrentHashMap.newKeySet();
        private volatile boolean hasCome;

        void come() {
            hasCome = true;
            Memory.insistOn(
                    waiters, all -> all.forEach(waiter -> waiter.scheduler().unpark(waiter)));
        }

        /** @return whether it has come within {@code limit} */
        boolean await(StructuredStrand self, Duration limit) throws InterruptedException {
            waiters.add(self);
            try {
                return self.waitFor(this, Durations.deadline(self.scheduler(), limit));
            } finally {
                waiters.remove(self);
            }
        }

        @Override
        public boolean isReady() {
            return hasCome;
        }

        @Override
        public String toString() {
            return "the end of a run that is closed";
        }
    }

    private ApplicationRun() {}

    /**
     * Starts it.
     *
     * @param closeRuntime called when it has ended
     * @throws IllegalStateException if it cannot be started
     */
    public static ApplicationRun start(Scheduler scheduler, Runnable closeRuntime, RunSettings settings) {
        var run = new ApplicationRun();
        try {
            Thread.ofVirtual().name("weft-run").start(() -> run.live(scheduler, closeRuntime, settings));
        } catch (Throwable e) {
            closeRuntime.run();
            throw e;
        }
        run.scopeWhenStarted();
        return run;
    }

    private void live(Scheduler scheduler, Runnable closeRuntime, RunSettings settings) {
        try {
            new RunScope(scheduler, settings).run(this::runMain, TaskContext.empty(), () -> () -> {});
        } catch (Throwable e) {
            scope.completeExceptionally(e); // else somebody has cancelled main, which ends the run too
        } finally {
            try {
                closeRuntime.run();
            } finally {
                end.come();
            }
        }
    }

    private @Nullable Void runMain() throws InterruptedException {
        var self = StructuredStrand.current();
        var run = Runs.current("main");
        scope.complete(run);
        self.waitFor(closing, Scheduler.NEVER);
        run.beginDrain();
        var drain = new Drain(run, closing.deadlineNanos());
        while (!self.waitFor(drain, drain.deadlineNanos) || !run.isDrained()) {
            var earlier = closing.deadlineNanos();
            if (earlier == drain.deadlineNanos) {
                return null; // it is over
            }
            drain = new Drain(run, earlier);
        }
        return null;
    }

    /** The tasks to end, or somebody to give them less time. */
    private final class Drain implements Awaitable {

        private final RunScope run;
        private final long deadlineNanos;

        Drain(RunScope run, long deadlineNanos) {
            this.run = run;
            this.deadlineNanos = deadlineNanos;
        }

        @Override
        public boolean isReady() {
            return run.isDrained() || closing.deadlineNanos() != deadlineNanos;
        }

        @Override
        public String toString() {
            return "the run's tasks to end";
        }
    }

    private RunScope scopeWhenStarted() {
        var interrupted = false;
        try {
            while (true) {
                try {
                    return scope.get();
                } catch (InterruptedException e) {
                    interrupted = true; // it is no long time
                } catch (ExecutionException e) {
                    throw new IllegalStateException("the run could not be started: " + e.getCause(), e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    // ---- closing

    @Override
    public void close() {
        var run = closed("close()", Duration.ZERO);
        var self = StructuredStrand.current();
        var mark = self.requestMark();
        try {
            end.await(self, Durations.FOREVER);
        } catch (InterruptedException e) {
            reportLeft(run);
            self.tellAgain(e, mark);
        }
    }

    @Override
    public boolean close(Duration drain) throws InterruptedException {
        if (Objects.requireNonNull(drain, "drain").isNegative()) {
            throw new IllegalArgumentException("drain must not be negative, and is " + drain);
        }
        var run = closed("close(…)", drain);
        var self = StructuredStrand.current();
        try {
            if (end.await(self, drain) || end.await(self, run.cancellationGrace())) {
                return true;
            }
        } catch (InterruptedException e) {
            closing.ask(run, Duration.ZERO);
            throw e;
        }
        return !reportLeft(run);
    }

    private RunScope closed(String operation, Duration drain) {
        var run = scopeWhenStarted();
        if (Runs.currentOrNull() == run) {
            throw new IllegalStateException(operation + " was called by "
                    + StructuredStrand.current().describe()
                    + ", a task of the run itself, for which it would wait: call it"
                    + " on another thread, or cancel main");
        }
        closing.ask(run, drain);
        return run;
    }

    /** @return whether there are any */
    private boolean reportLeft(RunScope run) {
        var unfinished = UnfinishedTasks.of(run);
        if (end.isReady()) {
            return false;
        }
        unfinished.report(run.problems(), "its run was closed");
        return true;
    }

    @Override
    public boolean isDraining() {
        return !isClosed() && (closing.isReady() || scopeWhenStarted().isEnding());
    }

    @Override
    public boolean isClosed() {
        return end.isReady();
    }

    // ---- as a run

    @Override
    public <T extends @Nullable Object> Task<T> createTask(TaskOptions options, Body<T, ?> body) {
        return scopeWhenStarted().createTask(options, body);
    }

    @Override
    public ExecutorService asExecutorService() {
        return scopeWhenStarted().asExecutorService();
    }

    @Override
    public Set<Task<?>> allTasks() {
        return scopeWhenStarted().allTasks();
    }

    @Override
    public String toString() {
        return scopeWhenStarted().toString();
    }
}
