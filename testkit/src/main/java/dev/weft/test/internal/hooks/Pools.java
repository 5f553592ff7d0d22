package dev.weft.test.internal.hooks;

import java.util.Objects;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.ThreadFactory;
import java.util.function.BiConsumer;

/**
 * Pools and timers that have a clock or threads of their own. Each method takes what the JDK's takes, and returns the
 * same or what runs on the threads and the clock of the hooks.
 */
public final class Pools {

    private static final String POOL = "a ForkJoinPool";
    private static final String TIMER = "the thread of a java.util.Timer";

    private Pools() {}

    private static boolean areStrands() {
        return SwitchPoints.hooks().asyncExecutor() != null;
    }

    // ---- scheduled pools

    /** In place of the JDK's. */
    @Instead(value = ScheduledThreadPoolExecutor.class, name = "<init>")
    public static ScheduledThreadPoolExecutor scheduled(int threads) {
        return scheduled(threads, Threads.factory());
    }

    /** In place of the JDK's. */
    @Instead(value = ScheduledThreadPoolExecutor.class, name = "<init>")
    public static ScheduledThreadPoolExecutor scheduled(int threads, ThreadFactory factory) {
        return areStrands()
                ? new VirtualScheduledPool(threads, Objects.requireNonNull(Threads.adapted(factory)))
                : new ScheduledThreadPoolExecutor(threads, factory);
    }

    /** In place of the JDK's. */
    @Instead(value = ScheduledThreadPoolExecutor.class, name = "<init>")
    public static ScheduledThreadPoolExecutor scheduled(int threads, RejectedExecutionHandler handler) {
        return scheduled(threads, Threads.factory(), handler);
    }

    /** In place of the JDK's. */
    @Instead(value = ScheduledThreadPoolExecutor.class, name = "<init>")
    public static ScheduledThreadPoolExecutor scheduled(
            int threads, ThreadFactory factory, RejectedExecutionHandler handler) {
        return areStrands()
                ? new VirtualScheduledPool(threads, Objects.requireNonNull(Threads.adapted(factory)), handler)
                : new ScheduledThreadPoolExecutor(threads, factory, handler);
    }

    /** In place of the JDK's. */
    @Instead(Executors.class)
    public static ScheduledExecutorService newScheduledThreadPool(int threads) {
        return scheduled(threads);
    }

    /** In place of the JDK's. */
    @Instead(Executors.class)
    public static ScheduledExecutorService newScheduledThreadPool(int threads, ThreadFactory factory) {
        return scheduled(threads, factory);
    }

    /** In place of the JDK's. */
    @Instead(Executors.class)
    public static ScheduledExecutorService newSingleThreadScheduledExecutor() {
        return Executors.unconfigurableScheduledExecutorService(scheduled(1));
    }

    /** In place of the JDK's. */
    @Instead(Executors.class)
    public static ScheduledExecutorService newSingleThreadScheduledExecutor(ThreadFactory factory) {
        return Executors.unconfigurableScheduledExecutorService(scheduled(1, factory));
    }

    // ---- timers

    /** In place of the JDK's. */
    @Instead(value = Timer.class, name = "<init>")
    public static Timer timer() {
        return timer("Timer-0", false);
    }

    /** In place of the JDK's. */
    @Instead(value = Timer.class, name = "<init>")
    public static Timer timer(boolean isDaemon) {
        return timer("Timer-0", isDaemon);
    }

    /** In place of the JDK's. */
    @Instead(value = Timer.class, name = "<init>")
    public static Timer timer(String name) {
        return timer(name, false);
    }

    /** In place of the JDK's. */
    @Instead(value = Timer.class, name = "<init>")
    public static Timer timer(String name, boolean isDaemon) {
        if (areStrands()) {
            return new VirtualTimer(Thread.ofVirtual().name(name).factory());
        }
        SwitchPoints.outside(TIMER);
        return new Timer(name, isDaemon);
    }

    /** In place of the JDK's. */
    @Instead(TimerTask.class)
    public static boolean cancel(TimerTask task) {
        return VirtualTimer.cancel(task);
    }

    // ---- publishers, which call their subscribers in the common pool

    /** In place of the JDK's. */
    @Instead(value = SubmissionPublisher.class, name = "<init>")
    public static SubmissionPublisher<?> publisher() {
        var executor = Threads.asyncExecutor();
        return executor == null
                ? new SubmissionPublisher<>()
                : new SubmissionPublisher<>(executor, Flow.defaultBufferSize());
    }

    /** In place of the JDK's. */
    @Instead(value = SubmissionPublisher.class, name = "<init>")
    public static SubmissionPublisher<?> publisher(Executor executor, int capacity) {
        return new SubmissionPublisher<>(executor, capacity);
    }

    /** In place of the JDK's. */
    @Instead(value = SubmissionPublisher.class, name = "<init>")
    public static <T> SubmissionPublisher<T> publisher(
            Executor executor,
            int capacity,
            BiConsumer<? super Flow.Subscriber<? super T>, ? super Throwable> handler) {
        return new SubmissionPublisher<>(executor, capacity, handler);
    }

    // ---- pools of tasks that fork

    /** In place of the JDK's. */
    @Instead(ForkJoinPool.class)
    public static ForkJoinPool commonPool() {
        if (areStrands()) {
            return VirtualForkJoinPool.COMMON;
        }
        SwitchPoints.outside("the common pool");
        return ForkJoinPool.commonPool();
    }

    /** In place of the JDK's. */
    @Instead(value = ForkJoinPool.class, name = "<init>")
    public static ForkJoinPool forkJoinPool() {
        return forkJoinPool(Runtime.getRuntime().availableProcessors());
    }

    /** In place of the JDK's. */
    @Instead(value = ForkJoinPool.class, name = "<init>")
    public static ForkJoinPool forkJoinPool(int parallelism) {
        return forkJoinPool(parallelism, ForkJoinPool.defaultForkJoinWorkerThreadFactory, null, false);
    }

    /** In place of the JDK's. */
    @Instead(value = ForkJoinPool.class, name = "<init>")
    public static ForkJoinPool forkJoinPool(
            int parallelism,
            ForkJoinPool.ForkJoinWorkerThreadFactory factory,
            Thread.@org.jspecify.annotations.Nullable UncaughtExceptionHandler handler,
            boolean asyncMode) {
        if (areStrands()) {
            return VirtualForkJoinPool.create();
        }
        SwitchPoints.outside(POOL);
        return new ForkJoinPool(parallelism, factory, handler, asyncMode);
    }
}
