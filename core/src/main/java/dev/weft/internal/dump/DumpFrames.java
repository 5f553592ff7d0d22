package dev.weft.internal.dump;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The top of a thread's stack, without what every wait of Weft's has there. */
final class DumpFrames {

    private static final Set<String> PARKING = Set.of(
            "java.lang.VirtualThread",
            "java.lang.System$1",
            "java.lang.System$2",
            "dev.weft.internal.runtime.Parking",
            "dev.weft.internal.runtime.Parking$WorkersPark",
            "java.util.concurrent.ForkJoinPool",
            "java.util.concurrent.locks.LockSupport",
            "jdk.internal.misc.Unsafe",
            "jdk.internal.misc.VirtualThreads",
            "jdk.internal.vm.Continuation");

    private static final Set<String> PACKAGES = Set.of("dev.weft.", "dev.weft.sync.");
    private static final String HIDDEN = "dev.weft.internal.";

    private DumpFrames() {}

    static List<String> of(@Nullable Thread thread, int limit) {
        if (thread == null || limit == 0) {
            return List.of();
        }
        var stack = thread.getStackTrace();
        var first = first(stack);
        var frames = new ArrayList<String>(Math.min(limit, stack.length - first));
        for (var i = first; i < stack.length && frames.size() < limit; i++) {
            frames.add(text(stack[i]));
        }
        return frames;
    }

    /** Where it parks is left out, and all of Weft's but the call that the user has made. */
    private static int first(StackTraceElement[] stack) {
        var first = 0;
        while (first < stack.length && (isAsking(stack[first]) || PARKING.contains(stack[first].getClassName()))) {
            first++;
        }
        while (first + 1 < stack.length && isWeft(stack[first]) && isWeft(stack[first + 1])) {
            first++;
        }
        return first < stack.length ? first : 0;
    }

    /** The thread itself takes the dump. */
    private static boolean isAsking(StackTraceElement frame) {
        return frame.getMethodName().equals("getStackTrace")
                && frame.getClassName().equals("java.lang.Thread");
    }

    private static boolean isWeft(StackTraceElement frame) {
        var name = frame.getClassName();
        return name.startsWith(HIDDEN) || PACKAGES.contains(name.substring(0, name.lastIndexOf('.') + 1));
    }

    static String text(StackTraceElement frame) {
        var line = frame.getLineNumber();
        var file = frame.getFileName();
        var place = frame.isNativeMethod()
                ? "Native Method"
                : file == null ? "Unknown Source" : line < 0 ? file : file + ":" + line;
        return frame.getClassName() + "." + frame.getMethodName() + "(" + place + ")";
    }
}
