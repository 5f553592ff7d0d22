package dev.weft;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** What an exception carries. */
final class Throwables {

    private Throwables() {}

    /** {@code exception}, its causes, what is suppressed into it, the members of a group, and so on. */
    static List<Throwable> reachableFrom(Throwable exception) {
        Set<Throwable> found = Collections.newSetFromMap(new IdentityHashMap<>());
        add(exception, found);
        return new ArrayList<>(found);
    }

    private static void add(Throwable exception, Set<Throwable> found) {
        if (exception == null || !found.add(exception)) {
            return;
        }
        add(exception.getCause(), found);
        for (var suppressed : exception.getSuppressed()) {
            add(suppressed, found);
        }
        if (exception instanceof ExceptionGroup group) {
            group.exceptions().forEach(member -> add(member, found));
        }
    }
}
