package dev.weft.internal.scope;

import dev.weft.Outcome;
import dev.weft.internal.failure.DistinctFailures;
import dev.weft.internal.failure.Sneaky;
import dev.weft.internal.task.CallerTraces;
import dev.weft.internal.task.Suppression;
import dev.weft.internal.task.TaskImpl;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The result or exception of a call when all its tasks have ended. A place has a task, or the result that was taken
 * from it.
 */
@SuppressWarnings("TypeParameterUnusedInFormals") // results have the type of the bodies, which the array has erased
final class GatherResults {

    private GatherResults() {}

    /** The results, in the very array. All have succeeded. */
    static <T extends @Nullable Object> List<T> results(@Nullable Object[] places) {
        for (var i = 0; i < places.length; i++) {
            if (places[i] instanceof TaskImpl<?> task) {
                places[i] = task.result();
            }
        }
        @SuppressWarnings("unchecked") // all bodies are of the results' type
        var list = (List<T>) Collections.unmodifiableList(Arrays.asList(places));
        return list;
    }

    @SuppressWarnings("unchecked") // all bodies are of the results' type
    static <T extends @Nullable Object> List<Outcome<T>> outcomes(@Nullable Object[] places) {
        var outcomes = new Outcome<?>[places.length];
        for (var i = 0; i < outcomes.length; i++) {
            outcomes[i] =
                    places[i] instanceof TaskImpl<?> task ? task.outcome() : new Outcome.Success<>(taken(places[i]));
        }
        return (List<Outcome<T>>) (List<?>) List.of(outcomes);
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // null if its type says so
    private static <T extends @Nullable Object> T taken(@Nullable Object result) {
        return (T) result;
    }

    /** All failures, each once. */
    static List<Throwable> failures(@Nullable Object[] places) {
        var failures = new DistinctFailures();
        for (var place : places) {
            if (place instanceof TaskImpl<?> task) {
                task.failures().forEach(failures::add);
            }
        }
        return failures.all();
    }

    /** Throws a fatal error if there is one, else {@code first}; the others are suppressed into it. */
    static RuntimeException rethrow(List<Throwable> failures, Supplier<? extends Throwable> first) {
        var fatal = DistinctFailures.firstFatal(failures);
        var chosen = fatal == null ? first.get() : fatal;
        Suppression.addAll(chosen, failures);
        throw Sneaky.rethrow(CallerTraces.added(chosen));
    }
}
