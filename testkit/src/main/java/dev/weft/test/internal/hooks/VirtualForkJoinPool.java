package dev.weft.test.internal.hooks;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A pool that has a thread of the hooks for each task. It has no bound: a worker that waits for a subtask would run it
 * itself, so that a bound keeps no task from ending.
 */
final class VirtualForkJoinPool extends ForkJoinPool {

    private static final String WORKER = "ForkJoinPool-worker-";

    /** In place of the common pool, which never ends. */
    static final VirtualForkJoinPool COMMON = new VirtualForkJoinPool(null);

    private final @Nullable ExecutorService threads;

    private VirtualForkJoinPool(@Nullable ExecutorService threads) {
        super(1); // has no thread as long as it has no task
        this.threads = threads;
    }

    static VirtualForkJoinPool create() {
        return new VirtualForkJoinPool(Executors.newThreadPerTaskExecutor(workers()));
    }

    private static ThreadFactory workers() {
        return Thread.ofVirtual().name(WORKER, 1).factory();
    }

    @Override
    public void execute(Runnable task) {
        var common = SwitchPoints.hooks().asyncExecutor();
        if (threads != null) {
            threads.execute(task);
        } else if (common != null) {
            common.execute(task);
        } else {
            Thread.startVirtualThread(task);
        }
    }

    @Override
    public void execute(ForkJoinTask<?> task) {
        execute((Runnable) task::quietlyInvoke);
    }

    @Override
    public <T> T invoke(ForkJoinTask<T> task) {
        execute(task);
        return task.join();
    }

    @Override
    public <T> ForkJoinTask<T> submit(ForkJoinTask<T> task) {
        execute(task);
        return task;
    }

    @Override
    public <T> ForkJoinTask<T> submit(Callable<T> task) {
        return submit(ForkJoinTask.adaptInterruptible(task));
    }

    @Override
    public <T> ForkJoinTask<T> submit(Runnable task, T result) {
        return submit(ForkJoinTask.adapt(task, result));
    }

    @Override
    @SuppressWarnings("unchecked")
    public ForkJoinTask<?> submit(Runnable task) {
        return submit(
                (ForkJoinTask<Object>) (task instanceof ForkJoinTask<?> already ? already : ForkJoinTask.adapt(task)));
    }

    @Override
    public <T> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks) {
        var futures = tasks.stream().<Future<T>>map(this::submit).toList();
        futures.forEach(each -> ((ForkJoinTask<?>) each).quietlyJoin());
        return futures;
    }

    @Override
    public <T> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks, long time, TimeUnit unit)
            throws InterruptedException {
        return Invocations.all(this, tasks, time, unit);
    }

    @Override
    public <T> T invokeAny(Collection<? extends Callable<T>> tasks) throws InterruptedException, ExecutionException {
        try (var each = Executors.newThreadPerTaskExecutor(workers())) {
            return each.invokeAny(tasks);
        }
    }

    @Override
    public <T> T invokeAny(Collection<? extends Callable<T>> tasks, long time, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        try (var each = Executors.newThreadPerTaskExecutor(workers())) {
            return Invocations.any(each, tasks, time, unit);
        }
    }

    @Override
    public void shutdown() {
        if (threads != null) {
            threads.shutdown();
        }
    }

    @Override
    public List<Runnable> shutdownNow() {
        return threads == null ? List.of() : threads.shutdownNow();
    }

    @Override
    public boolean isShutdown() {
        return threads != null && threads.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return threads != null && threads.isTerminated();
    }

    @Override
    public boolean awaitTermination(long time, TimeUnit unit) throws InterruptedException {
        return threads != null && threads.awaitTermination(time, unit);
    }

    @Override
    public void close() {
        if (threads != null) {
            FutureWaits.close(threads);
        }
    }
}
