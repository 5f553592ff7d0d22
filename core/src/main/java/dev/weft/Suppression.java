package dev.weft;

import dev.weft.runtime.Suppressing;
import java.util.Collection;
import java.util.List;

/** Adds suppressed exceptions. What would be lost is reported as a problem. */
final class Suppression {

    private Suppression() {}

    static void add(Throwable thrown, Throwable suppressed) {
        addAll(thrown, List.of(suppressed));
    }

    static void addAll(Throwable thrown, Collection<? extends Throwable> suppressed) {
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
