package dev.weft.internal.task;

import dev.weft.Problem;
import dev.weft.internal.failure.Foreign;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Adds suppressed exceptions: each once, and none to itself. An exception may be made so that it takes none: what would
 * be lost is reported as a problem.
 */
public final class Suppression {

    private Suppression() {}

    public static void add(Throwable thrown, Throwable suppressed) {
        addAll(thrown, List.of(suppressed));
    }

    public static void addAll(Throwable thrown, Collection<? extends Throwable> suppressed) {
        for (var lost : addAllItTakes(thrown, suppressed)) {
            report(thrown, lost);
        }
    }

    private static void report(Throwable thrown, Throwable lost) {
        Problems.of(StructuredStrand.current())
                .report(Problem.Kind.UNATTACHED_FAILURE, complaint(thrown), TaskImpl.currentTaskOrNull(), lost);
    }

    /** Adds as many as {@code thrown} takes. @return those that would be lost */
    static List<Throwable> addAllItTakes(Throwable thrown, Collection<? extends Throwable> suppressed) {
        if (suppressed.isEmpty()) {
            return List.of();
        }
        var known = Collections.<Throwable>newSetFromMap(new IdentityHashMap<>());
        known.add(thrown);
        var before = thrown.getSuppressed(); // a copy: not for each one
        Collections.addAll(known, before);
        var added = new ArrayList<Throwable>();
        for (var exception : suppressed) {
            if (known.add(exception)) {
                thrown.addSuppressed(exception);
                added.add(exception);
            }
        }
        var takesThem = added.isEmpty() || before.length > 0 || thrown.getSuppressed().length > 0;
        return takesThem ? List.of() : added;
    }

    /** A description of an exception that is lost. */
    static String complaint(Throwable thrown) {
        return "a failure that was to be suppressed into " + Foreign.text(thrown)
                + ", which was made with suppression disabled";
    }
}
