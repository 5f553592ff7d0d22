package dev.weft;

import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;

/** Adds suppressed exceptions: each once, and none to itself. */
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
            }
        }
    }
}
