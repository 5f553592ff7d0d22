package dev.weft.test;

import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * How an execution has ended.
 *
 * @param value what main returned
 * @param failure what is wrong, or null
 * @param detours where another than the first that was ready was chosen: by choices, from 0 on
 * @param alternatives of how many one was chosen: by choices
 * @param waits how often each task has waited, in the order of creation
 */
record Ended<T extends @Nullable Object>(
        @Nullable T value,
        @Nullable Throwable failure,
        Trace trace,
        SortedMap<Integer, Integer> detours,
        List<Integer> alternatives,
        List<Integer> waits) {

    boolean failed() {
        return failure != null;
    }

    /** The value that main returned, or else throws what is wrong, whatever its type. */
    @SuppressWarnings("NullAway") // null is a value if the type says so
    T valueOrThrow() {
        if (failure != null) {
            throw Sneaky.<RuntimeException>rethrow(Supervision.asThrownHere(failure));
        }
        return value;
    }

    /** Whether {@code other} has failed for the same reason, as far as one can tell. */
    boolean failedLike(Ended<?> other) {
        var mine = failure;
        var theirs = other.failure;
        if (mine == null || theirs == null) {
            return mine == theirs;
        }
        // a class of the program is another one in each deep execution
        return mine.getClass().getName().equals(theirs.getClass().getName())
                && (mine instanceof SimulationError error
                        ? theirs instanceof SimulationError others && error.kind() == others.kind()
                        : origin(mine).equals(origin(theirs)));
    }

    private static List<StackTraceElement> origin(Throwable exception) {
        var frames = exception.getStackTrace();
        return frames.length == 0 ? List.of() : List.of(frames[0]);
    }
}
