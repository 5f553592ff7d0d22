package dev.weft.test.internal.hooks;

import static dev.weft.test.internal.hooks.SwitchPoints.afterCall;
import static dev.weft.test.internal.hooks.SwitchPoints.call;
import static dev.weft.test.internal.hooks.SwitchPoints.callStatic;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Threads of users' own subclasses of Thread, which cannot be virtual: the hooks may have another thread run in place
 * of one, and here each is the other. Each method takes what the JDK's takes, and returns the same.
 */
public final class OwnThreads {

    private OwnThreads() {}

    /** The thread that runs in place of {@code thread}, or itself. */
    static Thread actual(Thread thread) {
        var other = thread == null ? null : SwitchPoints.hooks().standIn(thread);
        return other == null ? thread : other;
    }

    /** Whether the thread's own class, a user's, has such a method. It calls the JDK's by {@code super}. */
    private static boolean isOverridden(Thread thread, String method) {
        if (thread == null || Receivers.isJdk(thread)) {
            return false;
        }
        try {
            return thread.getClass().getMethod(method).getDeclaringClass() != Thread.class;
        } catch (NoSuchMethodException e) {
            throw new AssertionError("a method of Thread", e);
        }
    }

    /** In place of the JDK's. */
    @Instead(Thread.class)
    public static void start(Thread thread) {
        if (isOverridden(thread, "start")) {
            thread.start();
        } else {
            SuperThreads.start(thread);
        }
    }

    /** In place of the JDK's. */
    @Instead(Thread.class)
    public static Thread currentThread() {
        var current = Thread.currentThread();
        var own = SwitchPoints.hooks().runsInPlaceOf(current);
        return own == null ? current : own;
    }

    /** In place of the JDK's. */
    @Instead(Thread.class)
    public static void join(Thread thread) throws InterruptedException {
        call(thread, "Thread.join");
        actual(thread).join();
        afterCall("Thread.join");
    }

    /** In place of the JDK's. */
    @Instead(Thread.class)
    public static void interrupt(Thread thread) {
        if (isOverridden(thread, "interrupt")) {
            thread.interrupt();
        } else {
            SuperThreads.interrupt(thread);
        }
    }

    /** In place of the JDK's. */
    @Instead(Thread.class)
    public static boolean isInterrupted(Thread thread) {
        return isOverridden(thread, "isInterrupted") ? thread.isInterrupted() : SuperThreads.isInterrupted(thread);
    }

    /** In place of the JDK's. */
    @Instead(Thread.class)
    public static Thread.State getState(Thread thread) {
        call(thread, "Thread.getState");
        var state = actual(thread).getState();
        afterCall("Thread.getState");
        return state;
    }

    /** In place of the JDK's. */
    @Instead(Thread.class)
    public static boolean isAlive(Thread thread) {
        call(thread, "Thread.isAlive");
        var alive = actual(thread).isAlive();
        afterCall("Thread.isAlive");
        return alive;
    }

    /** In place of the JDK's. */
    @Instead(LockSupport.class)
    public static void unpark(@Nullable Thread thread) {
        callStatic("LockSupport.unpark");
        LockSupport.unpark(thread == null ? null : actual(thread));
        afterCall("LockSupport.unpark");
    }
}
