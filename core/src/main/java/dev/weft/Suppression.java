package dev.weft;

import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Adds suppressed exceptions: each once, and none to itself. An exception may be made so that it takes none; what would
 * be lost then is reported as a problem.
 */
final class Suppression {

    private Suppression() {}

    static void add(Throwable thrown, Throwable suppressed) {
        addAll(thrown, List.of(suppressed));
    }

    static void addAll(Throwable thrown, Collection<? extends Throwable> suppressed) {
        if (suppressed.isEmpty()) {
            return;
        }
        var known = Collections.<Throwable>newSetFromMap(new IdentityHashMap<>());
        known.add(thrown);
        Collections.addAll(known, thrown.getSuppressed());
        for (var exception : suppressed) {
            if (known.add(exception)) {
                thrown.addSuppressed(exception);
                if (thrown.getSuppressed().length == 0) {
                    report(thrown, exception);
                }
            }
        }
    }

    private static void report(Throwable thrown, Throwable lost) {
        Problems.of(Activity.current())
                .report(
                        Problem.Kind.UNATTACHED_FAILURE,
                        "a failure that was to be suppressed into " + thrown
                                + ", which was made with suppression disabled",
                        TaskImpl.currentTaskOrNull(),
                        lost);
    }
}
