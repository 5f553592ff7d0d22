package dev.weft.internal.task;

import dev.weft.Problem;
import dev.weft.internal.runtime.Suppressing;
import java.util.Collection;
import java.util.List;

/** Adds suppressed exceptions. What would be lost is reported as a problem. */
public final class Suppression {

    private Suppression() {}

    public static void add(Throwable thrown, Throwable suppressed) {
        addAll(thrown, List.of(suppressed));
    }

    public static void addAll(Throwable thrown, Collection<? extends Throwable> suppressed) {
        for (var lost : Suppressing.addAll(thrown, suppressed)) {
            report(thrown, lost);
        }
    }

    private static void report(Throwable thrown, Throwable lost) {
        Problems.of(Activity.current())
                .report(
                        Problem.Kind.UNATTACHED_FAILURE,
                        Suppressing.complaint(thrown),
                        TaskImpl.currentTaskOrNull(),
                        lost);
    }
}
