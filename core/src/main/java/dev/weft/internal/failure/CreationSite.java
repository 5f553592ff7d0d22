package dev.weft.internal.failure;

import java.util.Arrays;
import java.util.Set;

/** Where a task was created, or its failure is thrown: the stack without Weft's own frames on top. */
public final class CreationSite {

    private static final String HIDDEN = "dev.weft.internal.";

    private static final String SYNC = "dev.weft.sync.";

    /** Classes of the API, and of its Kotlin functions, that start tasks, or throw what they fail with. */
    private static final Set<String> STARTS = Set.of(
            "dev.weft.Completion",
            "dev.weft.EventLoop",
            "dev.weft.Run",
            "dev.weft.Runner",
            "dev.weft.Task",
            "dev.weft.TaskGroup",
            "dev.weft.Weft",
            "dev.weft.kotlin.Body",
            "dev.weft.kotlin.Group",
            "dev.weft.kotlin.GroupsKt",
            "dev.weft.kotlin.RunsKt",
            "dev.weft.kotlin.SeveralKt");

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
