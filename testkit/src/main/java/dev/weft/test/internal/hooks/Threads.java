package dev.weft.test.internal.hooks;

import java.util.Collection;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.stream.BaseStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makers of threads. Each takes what the JDK's method takes, and returns the same or what the hooks offer. */
public final class Threads {

    private static final String PLATFORM = "a platform thread";

    private Threads() {}

    /** In place of the JDK's. */
    @Instead(value = Thread.class, name = "<init>")
    public static Thread newThread() {
        return plain(new Thread());
    }

    /** In place of the JDK's. */
    @Instead(value = Thread.class, name = "<init>")
    public static Thread newThread(String name) {
        return plain(new Thread(name));
    }

    /** In place of the JDK's. */
    @Instead(value = Thread.class, name = "<init>")
    public static Thread newThread(ThreadGroup group, String name) {
        return plain(new Thread(group, name));
    }

    /** In place of the JDK's. */
    @Instead(value = Thread.class, name = "<init>")
    public static Thread newThread(@Nullable Runnable task) {
        var offered = offered(null, task, null);
        return offered == null ? plain(new Thread(task)) : offered;
    }

    /** In place of the JDK's. */
    @Instead(value = Thread.class, name = "<init>")
    public static Thread newThread(@Nullable Runnable task, String name) {
        var offered = offered(null, task, name);
        return offered == null ? plain(new Thread(task, name)) : offered;
    }

    /** In place of the JDK's. */
    @Instead(value = Thread.class, name = "<init>")
    public static Thread newThread(@Nullable ThreadGroup group, @Nullable Runnable task) {
        var offered = offered(group, task, null);
        return offered == null ? plain(new Thread(group, task)) : offered;
    }

    /** In place of the JDK's. */
    @Instead(value = Thread.class, name = "<init>")
    public static Thread newThread(@Nullable ThreadGroup group, @Nullable Runnable task, String name) {
        var offered = offered(group, task, name);
        return offered == null ? plain(new Thread(group, task, name)) : offered;
    }

    /** In place of the JDK's. */
    @Instead(value = Thread.class, name = "<init>")
    public static Thread newThread(@Nullable ThreadGroup group, @Nullable Runnable task, String name, long stackSize) {
        var offered = offered(group, task, name);
        return offered == null ? plain(new Thread(group, task, name, stackSize)) : offered;
    }

    /** In place of the JDK's. */
    @Instead(value = Thread.class, name = "<init>")
    public static Thread newThread(
            @Nullable ThreadGroup group,
            @Nullable Runnable task,
            String name,
            long stackSize,
            boolean inheritThreadLocals) {
        var offered = offered(group, task, name);
        return offered == null ? plain(new Thread(group, task, name, stackSize, inheritThreadLocals)) : offered;
    }

    private static @Nullable Thread offered(
            @Nullable ThreadGroup group, @Nullable Runnable task, @Nullable String name) {
        return task == null ? null : SwitchPoints.hooks().newThread(group, task, name);
    }

    private static boolean areStrands() {
        return SwitchPoints.hooks().asyncExecutor() != null;
    }

    /**
     * A factory whose threads the hooks control: a platform thread that {@code factory} makes is run by another one.
     * Null stays null, which a pool refuses.
     */
    public static @Nullable ThreadFactory adapted(@Nullable ThreadFactory factory) {
        if (factory == null || !areStrands()) {
            return factory;
        }
        return task -> {
            var thread = factory.newThread(task);
            var isOutside = thread != null && !thread.isVirtual() && thread.getState() == Thread.State.NEW;
            var offered = isOutside ? inPlaceOf(thread) : null;
            return offered == null ? thread : offered;
        };
    }

    private static @Nullable Thread inPlaceOf(Thread thread) {
        if (thread.getClass() != Thread.class) {
            return SwitchPoints.hooks().inPlaceOf(thread);
        }
        var offered = SwitchPoints.hooks().newThread(null, thread, thread.getName());
        if (offered != null) {
            offered.setUncaughtExceptionHandler(
                    (_, e) -> thread.getUncaughtExceptionHandler().uncaughtException(thread, e));
        }
        return offered;
    }

    private static Thread plain(Thread thread) {
        SwitchPoints.outside(PLATFORM);
        return thread;
    }

    /** The factory for a pool that is given none. */
    public static ThreadFactory factory() {
        var offered = SwitchPoints.hooks().poolThreads();
        if (offered != null) {
            return offered;
        }
        SwitchPoints.outside("a pool of platform threads");
        return Executors.defaultThreadFactory();
    }

    /** The executor in place of the common pool, or null for the common pool. */
    public static @Nullable Executor asyncExecutor() {
        var offered = SwitchPoints.hooks().asyncExecutor();
        if (offered == null) {
            SwitchPoints.outside("the common pool");
        }
        return offered;
    }

    /** In place of the JDK's. */
    @Instead(Executors.class)
    public static ThreadFactory defaultThreadFactory() {
        return factory();
    }

    /** In place of the JDK's. */
    @Instead(Executors.class)
    public static ExecutorService newFixedThreadPool(int threads) {
        return Executors.newFixedThreadPool(threads, factory());
    }

    /** In place of the JDK's. */
    @Instead(Executors.class)
    public static ExecutorService newCachedThreadPool() {
        return Executors.newCachedThreadPool(factory());
    }

    /** In place of the JDK's. */
    @Instead(Executors.class)
    public static ExecutorService newSingleThreadExecutor() {
        return Executors.newSingleThreadExecutor(factory());
    }

    /** In place of the JDK's. */
    @Instead(Executors.class)
    public static ExecutorService newFixedThreadPool(int threads, ThreadFactory factory) {
        return Executors.newFixedThreadPool(threads, adapted(factory));
    }

    /** In place of the JDK's. */
    @Instead(Executors.class)
    public static ExecutorService newCachedThreadPool(ThreadFactory factory) {
        return Executors.newCachedThreadPool(adapted(factory));
    }

    /** In place of the JDK's. */
    @Instead(Executors.class)
    public static ExecutorService newSingleThreadExecutor(ThreadFactory factory) {
        return Executors.newSingleThreadExecutor(adapted(factory));
    }

    /** In place of the JDK's. */
    @Instead(Executors.class)
    public static ExecutorService newThreadPerTaskExecutor(ThreadFactory factory) {
        return Executors.newThreadPerTaskExecutor(adapted(factory));
    }

    /** In place of the JDK's. */
    @Instead(Executors.class)
    public static ExecutorService newWorkStealingPool() {
        return newWorkStealingPool(Runtime.getRuntime().availableProcessors());
    }

    /** In place of the JDK's. */
    @Instead(Executors.class)
    public static ExecutorService newWorkStealingPool(int parallelism) {
        if (areStrands()) {
            return VirtualForkJoinPool.create();
        }
        SwitchPoints.outside("a work-stealing pool");
        return Executors.newWorkStealingPool(parallelism);
    }

    /** In place of the JDK's. */
    @Instead(Collection.class)
    public static Stream<?> parallelStream(Collection<?> collection) {
        return areParallel() ? collection.parallelStream() : collection.stream();
    }

    /** In place of the JDK's. */
    @Instead(BaseStream.class)
    public static BaseStream<?, ?> parallel(BaseStream<?, ?> stream) {
        return areParallel() ? stream.parallel() : stream.sequential();
    }

    private static boolean areParallel() {
        if (!SwitchPoints.hooks().parallelStreams()) {
            return false;
        }
        SwitchPoints.outside("a parallel stream");
        return true;
    }
}
