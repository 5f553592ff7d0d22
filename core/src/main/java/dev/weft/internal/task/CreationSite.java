package dev.weft.internal.task;

import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;

/** Where a task was created, or its failure is thrown: the stack without Weft's own frames on top. */
final class CreationSite {

    private static final String HIDDEN = "dev.weft.internal.";

    private static final String SYNC = "dev.weft.sync.";

    /** Classes of the API that start tasks, or throw what they fail with: these, and the families of static calls. */
    private static final Set<String> STARTS = Set.of(
            "dev.weft.Completion",
            "dev.weft.EventLoop",
            "dev.weft.Run",
            "dev.weft.Runner",
            "dev.weft.Task",
            "dev.weft.TaskGroup",
            "dev.weft.Weft");

    private static final Pattern CALLS = Pattern.compile("dev\\.weft\\.\\w+Calls");

    private CreationSite() {}

    static StackTraceElement[] of(Throwable creation) {
        return Arrays.stream(creation.getStackTrace())
                .dropWhile(frame -> isOwn(frame.getClassName()))
                .toArray(StackTraceElement[]::new);
    }

    static boolean isOwn(String type) {
        return type.startsWith(HIDDEN)
                || type.startsWith(SYNC)
                || STARTS.contains(type)
                || CALLS.matcher(type).matches();
    }
}
