package dev.weft.internal.failure;

import java.util.Arrays;
import java.util.Set;

/** Where a task was created, or its failure is thrown: the stack without Weft's own frames on top. */
public final class CreationSite {

    private static final String HIDDEN = "dev.weft.internal.";

    private static final String SYNC = "dev.weft.sync.";

    /** Classes of the API that start tasks, or throw what they fail with. */
    private static final Set<String> STARTS = Set.of(
            "dev.weft.Completion",
            "dev.weft.EventLoop",
            "dev.weft.Run",
            "dev.weft.Runner",
            "dev.weft.Task",
            "dev.weft.TaskGroup",
            "dev.weft.Weft");

    private CreationSite() {}

    public static StackTraceElement[] of(Throwable creation) {
        return Arrays.stream(creation.getStackTrace())
                .dropWhile(frame -> isOwn(frame.getClassName()))
                .toArray(StackTraceElement[]::new);
    }

    public static boolean isOwn(String type) {
        return type.startsWith(HIDDEN) || type.startsWith(SYNC) || STARTS.contains(type);
    }
}
