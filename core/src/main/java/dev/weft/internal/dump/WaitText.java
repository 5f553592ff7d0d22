package dev.weft.internal.dump;

import dev.weft.internal.run.RunScope;
import dev.weft.internal.task.Awaitable;
import dev.weft.internal.task.Scope;
import dev.weft.internal.task.TaskImpl;
import dev.weft.internal.task.WaitingStrand;
import org.jspecify.annotations.Nullable;

/** The target of a wait, in words. */
final class WaitText {

    private WaitText() {}

    /** Of {@link dev.weft.internal.runtime.Strand#waitingFor()}. */
    static String of(Object target) {
        return switch (target) {
            case TaskImpl<?> task -> task.describe();
            case Scope scope -> "the end of a " + scope.title();
            case RunScope run -> run.isEnding() ? "the end of what main has left" : "the end of a " + run.title();
            case Awaitable waitable -> heldBy(waitable.toString(), waitable.holder());
            default -> target.toString();
        };
    }

    private static String heldBy(String what, @Nullable Thread holder) {
        return holder == null ? what : what + " held by '" + WaitingStrand.nameOf(holder) + "'";
    }
}
