package dev.weft.test.internal.hooks;

import static dev.weft.test.internal.hooks.SwitchPoints.afterCall;
import static dev.weft.test.internal.hooks.SwitchPoints.call;

import java.lang.ref.Cleaner;
import java.util.concurrent.ThreadFactory;

/**
 * Builders of platform threads, whose threads the hooks may replace, and what virtual threads refuse. Each takes what
 * the JDK's method takes, and returns the same or what the hooks offer.
 */
public final class PlatformThreads {

    private PlatformThreads() {}

    /** In place of the JDK's. */
    @Instead(Thread.Builder.class)
    public static Thread unstarted(Thread.Builder builder, Runnable task) {
        return factory(builder::unstarted).newThread(task);
    }

    /** In place of the JDK's. */
    @Instead(Thread.Builder.class)
    public static Thread start(Thread.Builder builder, Runnable task) {
        var thread = unstarted(builder, task);
        call(thread, "Thread.start");
        thread.start();
        afterCall("Thread.start");
        return thread;
    }

    /** In place of the JDK's. */
    @Instead(Thread.Builder.class)
    public static ThreadFactory factory(Thread.Builder builder) {
        return factory(builder.factory());
    }

    private static ThreadFactory factory(ThreadFactory plain) {
        var adapted = Threads.adapted(plain);
        return task -> {
            var thread = (adapted == null ? plain : adapted).newThread(task);
            if (!thread.isVirtual()) {
                SwitchPoints.outside("a platform thread");
            }
            return thread;
        };
    }

    /** In place of the JDK's. A virtual thread refuses to be none, which a factory of platform threads may ask. */
    @Instead(Thread.class)
    public static void setDaemon(Thread thread, boolean daemon) {
        if (!thread.isVirtual() || SwitchPoints.hooks().asyncExecutor() == null) {
            thread.setDaemon(daemon);
        }
    }

    /** One for all executions: each would have a thread of its own until it is collected. */
    private static final class Shared {
        static final Cleaner CLEANER = Cleaner.create();
    }

    /** In place of the JDK's. */
    @Instead(Cleaner.class)
    public static Cleaner create() {
        return SwitchPoints.hooks().asyncExecutor() == null ? Cleaner.create() : Shared.CLEANER;
    }
}
