package dev.weft.test.internal.hooks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Runs many tasks at once, with a limit. Each takes what the JDK's method takes, and returns and throws the same. */
public final class Invocations {

    private Invocations() {}

    /** In place of the JDK's. */
    @Instead(value = ExecutorService.class, name = "invokeAll")
    public static List<? extends Future<?>> invokeAll(
            ExecutorService executor, Collection<? extends Callable<Object>> tasks, long time, TimeUnit unit)
            throws InterruptedException {
        if (SwitchPoints.hooks() == Hooks.NONE || !Receivers.isJdk(executor)) {
            return executor.invokeAll(tasks, time, unit);
        }
        SwitchPoints.call(executor, "ExecutorService.invokeAll");
        var futures = all(executor, tasks, time, unit);
        SwitchPoints.afterCall("ExecutorService.invokeAll");
        return futures;
    }

    static <T> List<Future<T>> all(
            ExecutorService executor, Collection<? extends Callable<T>> tasks, long time, TimeUnit unit)
            throws InterruptedException {
        var deadline = SwitchPoints.hooks().nanoTime() + unit.toNanos(time);
        var futures = new ArrayList<Future<T>>();
        try {
            for (var task : tasks) {
                futures.add(executor.submit(task));
            }
            for (var future : futures) {
                await(future, deadline - SwitchPoints.hooks().nanoTime());
            }
        } finally {
            futures.forEach(each -> each.cancel(true)); // those that have ended stay as they are
        }
        return futures;
    }

    private static void await(Future<?> future, long nanos) throws InterruptedException {
        try {
            if (!future.isDone()) {
                FutureWaits.get(future, nanos, TimeUnit.NANOSECONDS);
            }
        } catch (ExecutionException | CancellationException | TimeoutException e) {
            // the future says so itself
        }
    }

    /** In place of the JDK's. */
    @Instead(value = ExecutorService.class, name = "invokeAny")
    public static @Nullable Object invokeAny(
            ExecutorService executor, Collection<? extends Callable<Object>> tasks, long time, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        return any(executor, tasks, time, unit);
    }

    static <T extends @Nullable Object> T any(
            ExecutorService executor, Collection<? extends Callable<T>> tasks, long time, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        return SwitchPoints.timed(
                executor,
                "ExecutorService.invokeAny",
                time,
                unit,
                () -> executor.invokeAny(tasks, time, unit),
                () -> executor.invokeAny(tasks),
                () -> {
                    throw new TimeoutException();
                });
    }

    // ---- tasks of a ForkJoinPool, which start others by themselves

    private static boolean areStrands() {
        return SwitchPoints.hooks().asyncExecutor() != null;
    }

    /** In place of the JDK's. */
    @Instead(ForkJoinTask.class)
    public static ForkJoinTask<?> fork(ForkJoinTask<?> task) {
        SwitchPoints.call(task, "ForkJoinTask.fork");
        if (areStrands()) {
            VirtualForkJoinPool.COMMON.execute(task);
        } else {
            task.fork();
        }
        SwitchPoints.afterCall("ForkJoinTask.fork");
        return task;
    }

    /** In place of the JDK's. */
    @Instead(value = ForkJoinTask.class, name = "invokeAll")
    public static void invokeBoth(ForkJoinTask<?> one, ForkJoinTask<?> two) {
        invokeEach(one, two);
    }

    /** In place of the JDK's. */
    @Instead(value = ForkJoinTask.class, name = "invokeAll")
    public static void invokeEach(ForkJoinTask<?>... tasks) {
        if (areStrands()) {
            forkAndJoin(List.of(tasks));
        } else {
            ForkJoinTask.invokeAll(tasks);
        }
    }

    /** In place of the JDK's. */
    @Instead(value = ForkJoinTask.class, name = "invokeAll")
    public static Collection<? extends ForkJoinTask<?>> invokeEach(Collection<? extends ForkJoinTask<?>> tasks) {
        if (!areStrands()) {
            return ForkJoinTask.invokeAll(tasks);
        }
        forkAndJoin(List.copyOf(tasks));
        return tasks;
    }

    private static void forkAndJoin(List<? extends ForkJoinTask<?>> tasks) {
        tasks.forEach(Invocations::fork);
        tasks.forEach(ForkJoinTask::quietlyJoin);
        tasks.forEach(ForkJoinTask::join); // throws what the first has thrown
    }
}
