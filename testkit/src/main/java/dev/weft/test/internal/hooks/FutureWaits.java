package dev.weft.test.internal.hooks;

import static dev.weft.test.internal.hooks.SwitchPoints.afterCall;
import static dev.weft.test.internal.hooks.SwitchPoints.call;
import static dev.weft.test.internal.hooks.SwitchPoints.timed;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Timed waits for futures and executors. Each takes what the JDK's method takes, and returns and throws the same. */
public final class FutureWaits {

    private FutureWaits() {}

    /** In place of the JDK's. */
    @Instead(Future.class)
    public static @Nullable Object get(Future<?> future, long time, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        return SwitchPoints.<@Nullable Object>timed(
                future, "Future.get", time, unit, () -> future.get(time, unit), future::get, () -> {
                    if (future.isDone()) {
                        return future.get();
                    }
                    throw new TimeoutException();
                });
    }

    /** In place of the JDK's. */
    @Instead(ExecutorService.class)
    public static boolean awaitTermination(ExecutorService executor, long time, TimeUnit unit)
            throws InterruptedException {
        return timed(
                executor,
                "ExecutorService.awaitTermination",
                time,
                unit,
                () -> executor.awaitTermination(time, unit),
                () -> SwitchPoints.hooks().awaitTermination(executor),
                executor::isTerminated);
    }

    /** In place of the JDK's, which looks once a day whether it may end. */
    @Instead(ExecutorService.class)
    public static void close(ExecutorService executor) {
        if (!Receivers.isJdk(executor) || executor == ForkJoinPool.commonPool()) {
            executor.close();
            return;
        }
        call(executor, "ExecutorService.close");
        executor.shutdown();
        var interrupted = false;
        while (!executor.isTerminated()) {
            try {
                SwitchPoints.hooks().awaitTermination(executor);
            } catch (InterruptedException e) {
                if (!interrupted) {
                    executor.shutdownNow();
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        afterCall("ExecutorService.close");
    }

    /** In place of the JDK's. */
    @Instead(CompletableFuture.class)
    public static CompletableFuture<?> orTimeout(CompletableFuture<?> future, long time, TimeUnit unit) {
        return until(future, time, unit, () -> future.completeExceptionally(new TimeoutException()))
                ? future
                : future.orTimeout(time, unit);
    }

    /** In place of the JDK's. */
    @Instead(CompletableFuture.class)
    public static CompletableFuture<?> completeOnTimeout(
            CompletableFuture<Object> future, Object value, long time, TimeUnit unit) {
        return until(future, time, unit, () -> future.complete(value))
                ? future
                : future.completeOnTimeout(value, time, unit);
    }

    private static boolean until(CompletableFuture<?> future, long time, TimeUnit unit, Runnable action) {
        if (future.isDone()) {
            return true;
        }
        var cancel = SwitchPoints.hooks().later(Math.max(0, unit.toNanos(time)), action);
        if (cancel == null) {
            return false;
        }
        future.whenComplete((value, exception) -> cancel.run());
        return true;
    }

    /** In place of the JDK's. */
    @Instead(CompletableFuture.class)
    public static Executor delayedExecutor(long time, TimeUnit unit) {
        var async = SwitchPoints.hooks().asyncExecutor();
        var plain = CompletableFuture.delayedExecutor(time, unit);
        return async == null ? plain : delayed(time, unit, async, plain);
    }

    /** In place of the JDK's. */
    @Instead(CompletableFuture.class)
    public static Executor delayedExecutor(long time, TimeUnit unit, Executor executor) {
        return delayed(time, unit, executor, CompletableFuture.delayedExecutor(time, unit, executor));
    }

    private static Executor delayed(long time, TimeUnit unit, Executor executor, Executor plain) {
        if (SwitchPoints.hooks() == Hooks.NONE) {
            return plain;
        }
        var nanos = Math.max(0, unit.toNanos(time));
        return task -> {
            if (SwitchPoints.hooks().later(nanos, () -> executor.execute(task)) == null) {
                plain.execute(task);
            }
        };
    }
}
