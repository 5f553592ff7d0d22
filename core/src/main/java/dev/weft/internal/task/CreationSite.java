package dev.weft.internal.task;

import java.util.Arrays;
import java.util.Set;

/** Where a task was created: the stack without Weft's own frames on top. */
final class CreationSite {

    private static final String HIDDEN = "dev.weft.internal.";

    /** What starts tasks in the API. */
    private static final Set<String> STARTS = Set.of(
            "dev.weft.BlockCalls",
            "dev.weft.Run",
            "dev.weft.StructuredCalls",
            "dev.weft.TaskCalls",
            "dev.weft.TaskGroup",
            "dev.weft.TimeoutCalls",
            "dev.weft.Weft");

    private CreationSite() {}

    static StackTraceElement[] of(Throwable creation) {
        return Arrays.stream(creation.getStackTrace())
                .dropWhile(frame -> isOwn(frame.getClassName()))
                .toArray(StackTraceElement[]::new);
    }

    private static boolean isOwn(String type) {
        return type.startsWith(HIDDEN) || STARTS.contains(type);
    }
}
