package dev.weft.internal.failure;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Exceptions in the order of their coming, each once, by identity: several tasks may have met the same one. Each costs
 * the same, however many there are. Not thread-safe.
 */
public final class DistinctFailures {

    private final ArrayList<Throwable> list = new ArrayList<>();

    /** Made with the first: mostly there is none. */
    private @Nullable Set<Throwable> known;

    public static List<Throwable> of(Collection<? extends Throwable> exceptions) {
        var distinct = new DistinctFailures();
        exceptions.forEach(distinct::add);
        return distinct.all();
    }

    /** The first of {@code failures} that is fatal, or null. */
    public static @Nullable VirtualMachineError firstFatal(List<Throwable> failures) {
        for (var failure : failures) {
            if (failure instanceof VirtualMachineError fatal) {
                return fatal;
            }
        }
        return null;
    }

    public void add(Throwable exception) {
        var seen = known;
        if (seen == null) {
            seen = Collections.newSetFromMap(new IdentityHashMap<>());
            known = seen;
        }
        list.ensureCapacity(list.size() + 1); // whatever there is no memory for, it is added to both or to none
        if (seen.add(exception)) {
            list.add(exception);
        }
    }

    public boolean isEmpty() {
        return list.isEmpty();
    }

    public int size() {
        return list.size();
    }

    /** A copy. */
    public List<Throwable> all() {
        return List.copyOf(list);
    }
}
