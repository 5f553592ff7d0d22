package dev.weft.internal.task;

import dev.weft.Task;
import dev.weft.internal.failure.Foreign;
import java.util.Arrays;
import java.util.List;

/** A task in words and frames, for people. */
final class TaskText {

    private TaskText() {}

    /** As {@link Task#toString()}. */
    static String of(TaskImpl<?> task) {
        var text = new StringBuilder("<Task ");
        if (!task.hasEnded()) {
            text.append(task.cancelling() > 0 ? "cancelling" : "pending")
                    .append(" name=")
                    .append(task.name());
            var awaited = task.waitingFor();
            if (awaited != null) {
                text.append(" waiting for=").append(awaited instanceof TaskImpl<?> other ? other.name() : awaited);
            }
            var callbacks = task.countCallbacks();
            if (callbacks > 0) {
                text.append(" callbacks=").append(callbacks);
            }
        } else {
            switch (task.end()) {
                case Ending.Failed failed ->
                    text.append("failed name=")
                            .append(task.name())
                            .append(" exception=")
                            .append(Foreign.text(failed.exception()));
                case Ending.Cancelled cancelled ->
                    text.append("cancelled name=").append(task.name());
                case null, default ->
                    text.append("finished name=")
                            .append(task.name())
                            .append(" result=")
                            .append(Foreign.text(task.end()));
            }
        }
        return text.append('>').toString();
    }

    /** As {@link Task#stackTrace(int)}. */
    static List<StackTraceElement> stackTrace(TaskImpl<?> task, int limit) {
        if (limit < 0) {
            throw new IllegalArgumentException("limit must not be negative: " + limit);
        }
        var failure = task.failureOrNull();
        if (failure != null) {
            return limited(failure.getStackTrace(), limit);
        }
        var thread = task.thread();
        return thread == null || !task.hasBegun() || task.hasEnded()
                ? List.of()
                : limited(thread.getStackTrace(), limit);
    }

    private static List<StackTraceElement> limited(StackTraceElement[] frames, int limit) {
        return List.of(Arrays.copyOf(frames, Math.min(limit, frames.length)));
    }
}
