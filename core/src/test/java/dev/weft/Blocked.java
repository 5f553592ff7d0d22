package dev.weft;

import java.util.Arrays;

/** Finds out whether a thread blocks in a call outside of Weft, which opens no gate when it begins. */
final class Blocked {

    private Blocked() {}

    /** Waits until {@code thread} blocks within a call of {@code method}, given as in {@code Thread.sleep}. */
    static void awaitIn(Thread thread, String method) {
        Yielding.until(() -> isIn(thread, method));
    }

    /** {@link #awaitIn} on a thread of its own, which then does {@code action}. */
    static Thread onceIn(Thread thread, String method, Runnable action) {
        return Thread.ofPlatform().daemon().start(() -> {
            while (!isIn(thread, method)) {
                Thread.yield();
            }
            action.run();
        });
    }

    private static boolean isIn(Thread thread, String method) {
        return switch (thread.getState()) {
            case WAITING, TIMED_WAITING, BLOCKED ->
                Arrays.stream(thread.getStackTrace()).anyMatch(frame -> isOf(frame, method));
            case NEW, RUNNABLE, TERMINATED -> false;
        };
    }

    private static boolean isOf(StackTraceElement frame, String method) {
        var name = frame.getClassName().replace('$', '.') + "." + frame.getMethodName();
        return name.endsWith("." + method);
    }
}
