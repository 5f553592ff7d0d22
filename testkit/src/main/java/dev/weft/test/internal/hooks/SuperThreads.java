package dev.weft.test.internal.hooks;

import static dev.weft.test.internal.hooks.SwitchPoints.afterCall;
import static dev.weft.test.internal.hooks.SwitchPoints.call;

/**
 * Methods of Thread that a user's subclass may override, and calls by {@code super} then. Each takes what the JDK's
 * method takes, and returns the same.
 */
public final class SuperThreads {

    private SuperThreads() {}

    /** In place of the JDK's. */
    @Instead(Thread.class)
    public static void start(Thread thread) {
        call(thread, "Thread.start");
        if (!SwitchPoints.hooks().startsInPlaceOf(thread)) {
            if (!thread.isVirtual()) {
                SwitchPoints.outside("a platform thread");
            }
            thread.start();
        }
        afterCall("Thread.start");
    }

    /** In place of the JDK's. */
    @Instead(Thread.class)
    public static void interrupt(Thread thread) {
        call(thread, "Thread.interrupt");
        SwitchPoints.hooks().interrupt(OwnThreads.actual(thread));
        afterCall("Thread.interrupt");
    }

    /** In place of the JDK's. */
    @Instead(Thread.class)
    public static boolean isInterrupted(Thread thread) {
        call(thread, "Thread.isInterrupted");
        var interrupted = OwnThreads.actual(thread).isInterrupted();
        afterCall("Thread.isInterrupted");
        return interrupted;
    }
}
