package dev.weft.internal.run;

import dev.weft.Body;
import dev.weft.CancelledException;
import dev.weft.Deadline;
import dev.weft.Outcome;
import dev.weft.ReturnWhen;
import dev.weft.Task;
import dev.weft.TaskOptions;
import dev.weft.VoidBody;
import dev.weft.internal.api.Bodies;
import dev.weft.internal.runtime.Durations;
import dev.weft.internal.runtime.Memory;
import dev.weft.internal.scope.WaitUntil;
import dev.weft.internal.task.Owner;
import dev.weft.internal.task.StructuredStrand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A run as an executor: what it is given are background tasks of the run. */
final class RunExecutor extends AbstractExecutorService {

    private static final String SHUT_DOWN = "the executor was shut down";

    private static final TaskOptions REPORTED_AT_ONCE = TaskOptions.defaults().reportFailureAfter(Duration.ZERO);

    private final RunScope run;
    private final Set<Task<?>> live = ConcurrentHashMap.newKeySet();
    private final Intake intake;

    /** Whether also what is just being started is to be cancelled. */
    private volatile boolean cancelsAll;

    RunExecutor(RunScope run) {
        this.run = run;
        this.intake = new Intake(run);
    }

    // ---- tasks

    @Override
    public void execute(Runnable command) {
        this.<@Nullable Void>start(REPORTED_AT_ONCE, bodyOf(command));
    }

    @Override
    public Future<?> submit(Runnable task) {
        return this.<@Nullable Void>start(TaskOptions.defaults(), bodyOf(task));
    }

    @Override
    public <T extends @Nullable Object> Future<T> submit(Runnable task, T result) {
        Objects.requireNonNull(task, "task");
        Body<T, RuntimeException> body = () -> {
            task.run();
            return result;
        };
        return start(TaskOptions.defaults(), body);
    }

    @Override
    public <T extends @Nullable Object> Future<T> submit(Callable<T> task) {
        return start(TaskOptions.defaults(), bodyOf(task));
    }

    private static <T extends @Nullable Object> Body<T, Exception> bodyOf(Callable<T> task) {
        return Bodies.of(Objects.requireNonNull(task, "task"));
    }

    private static Body<@Nullable Void, RuntimeException> bodyOf(Runnable command) {
        Objects.requireNonNull(command, "command");
        VoidBody<RuntimeException> body = command::run;
        return Bodies.toStart(body);
    }

    private <T extends @Nullable Object> Task<T> start(TaskOptions options, Body<T, ?> body) {
        return start(options, body, run.ownerOf(options));
    }

    private <T extends @Nullable Object> Task<T> start(TaskOptions options, Body<T, ?> body, Owner owner) {
        if (!intake.enter()) {
            throw new RejectedExecutionException("the executor of the " + run.title() + ", is shut down");
        }
        Task<T> task;
        try {
            task = run.createTask(options, body, owner);
            Memory.insistOn(live, task, Set::add);
        } catch (IllegalStateException e) {
            throw new RejectedExecutionException(e.getMessage(), e);
        } finally {
            intake.leave();
        }
        task.onDone(live::remove);
        if (cancelsAll) {
            task.cancel(SHUT_DOWN);
        }
        return task;
    }

    // ---- many at once

    @Override
    public <T extends @Nullable Object> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks)
            throws InterruptedException {
        return invokeAll(tasks, Durations.FOREVER);
    }

    @Override
    public <T extends @Nullable Object> List<Future<T>> invokeAll(
            Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit) throws InterruptedException {
        return invokeAll(tasks, Duration.ofNanos(unit.toNanos(timeout)));
    }

    private <T extends @Nullable Object> List<Future<T>> invokeAll(
            Collection<? extends Callable<T>> tasks, Duration limit) throws InterruptedException {
        var started = startAll(tasks, run);
        try {
            if (!awaitAll(started, limit)) {
                stop(started);
            }
        } catch (Throwable e) {
            stop(started);
            throw e;
        }
        return List.copyOf(started);
    }

    @Override
    public <T extends @Nullable Object> T invokeAny(Collection<? extends Callable<T>> tasks)
            throws InterruptedException, ExecutionException {
        try {
            return invokeAny(tasks, Durations.FOREVER);
        } catch (TimeoutException e) {
            throw new AssertionError("there is no limit", e);
        }
    }

    @Override
    public <T extends @Nullable Object> T invokeAny(
            Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        return invokeAny(tasks, Duration.ofNanos(unit.toNanos(timeout)));
    }

    private <T extends @Nullable Object> T invokeAny(Collection<? extends Callable<T>> tasks, Duration limit)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (tasks.isEmpty()) {
            throw new IllegalArgumentException("no task to invoke");
        }
        var started = startAll(tasks, BackgroundOwner.ofCall(run));
        try {
            return firstResult(started, limit);
        } finally {
            stop(started);
        }
    }

    private static <T extends @Nullable Object> T firstResult(List<Task<T>> started, Duration limit)
            throws InterruptedException, ExecutionException, TimeoutException {
        var pending = new ArrayList<>(started);
        var deadline = Deadline.after(limit);
        Throwable last = null;
        while (!pending.isEmpty()) {
            var waited = WaitUntil.waitUntil(ReturnWhen.FIRST_COMPLETED, pending, deadline.remaining());
            if (waited.done().isEmpty()) {
                throw new TimeoutException("none of " + started.size() + " tasks has succeeded in time");
            }
            for (var task : waited.done()) {
                switch (task.outcome()) {
                    case Outcome.Success<T> success -> {
                        return success.value();
                    }
                    case Outcome.Failure<T> failure -> last = failure.exception();
                    case Outcome.Cancelled<T> cancelled -> last = cancelled.exception();
                }
                pending.remove(task);
            }
        }
        throw new ExecutionException("none of " + started.size() + " tasks has succeeded", last);
    }

    private <T extends @Nullable Object> List<Task<T>> startAll(Collection<? extends Callable<T>> tasks, Owner owner)
            throws InterruptedException {
        var started = new ArrayList<Task<T>>(tasks.size());
        try {
            for (var task : tasks) {
                started.add(start(TaskOptions.defaults(), bodyOf(task), owner));
            }
        } catch (Throwable e) {
            stop(started);
            throw e;
        }
        return started;
    }

    /** @return false if one has not ended within {@code limit} */
    private static boolean awaitAll(List<? extends Task<?>> tasks, Duration limit) throws InterruptedException {
        return tasks.isEmpty()
                || WaitUntil.waitUntil(ReturnWhen.ALL_COMPLETED, tasks, limit)
                        .pending()
                        .isEmpty();
    }

    /** Cancels and joins those that have not ended. Their failures are looked at. */
    private static void stop(List<? extends Task<?>> tasks) throws InterruptedException {
        tasks.forEach(task -> task.cancel("the call of the executor is over"));
        InterruptedException interrupted = null;
        while (true) {
            try {
                awaitAll(tasks, Durations.FOREVER);
                break;
            } catch (InterruptedException e) {
                interrupted = e;
            }
        }
        tasks.forEach(Task::outcome);
        if (interrupted != null) {
            throw interrupted;
        }
    }

    // ---- the end

    @Override
    public void shutdown() {
        intake.shut();
    }

    /** None has not begun: there is no queue. */
    @Override
    public List<Runnable> shutdownNow() {
        cancelsAll = true;
        intake.shut();
        live.forEach(task -> task.cancel(SHUT_DOWN));
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return intake.isShut();
    }

    @Override
    public boolean isTerminated() {
        return intake.isReady() && live.stream().allMatch(Task::isDone);
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return awaitTermination(Deadline.after(Duration.ofNanos(unit.toNanos(timeout))));
    }

    private boolean awaitTermination(Deadline deadline) throws InterruptedException {
        return intake.await(deadline) && awaitAll(List.copyOf(live), deadline.remaining());
    }

    /** The JDK's waits a day, again and again. This wait has no limit: one of its own task's is refused. */
    @Override
    public void close() {
        shutdown();
        var self = StructuredStrand.current();
        var mark = self.requestMark();
        InterruptedException interrupted = null;
        CancelledException cancelled = null;
        try {
            while (!isTerminated()) {
                try {
                    awaitTermination(Deadline.never());
                } catch (CancelledException e) {
                    cancelled = e;
                } catch (InterruptedException e) {
                    interrupted = e;
                }
                if (!cancelsAll && (interrupted != null || cancelled != null)) {
                    shutdownNow();
                }
            }
        } finally {
            if (interrupted != null) {
                self.tellAgain(interrupted, mark); // first, as it would be one with a later interrupt of ours
            }
            if (cancelled != null) {
                self.tellAgain(cancelled, mark);
            }
        }
    }

    @Override
    public String toString() {
        return "executor of the " + run.title();
    }
}
