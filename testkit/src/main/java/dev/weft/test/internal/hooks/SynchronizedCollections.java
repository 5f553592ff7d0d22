package dev.weft.test.internal.hooks;

import dev.weft.internal.runtime.CustomScheduling;
import java.util.Collection;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Vector;
import org.jspecify.annotations.Nullable;

/**
 * Calls that give one collection to another. Synchronized ones of the JDK enter both monitors, within classes that have
 * no switch points: so the first is entered here, and the second has its point. Each takes what the JDK's method takes,
 * and returns the same.
 */
public final class SynchronizedCollections {

    private interface Call {
        boolean run();
    }

    private SynchronizedCollections() {}

    /** In place of the JDK's. */
    @Instead(Collection.class)
    public static boolean addAll(Collection<@Nullable Object> collection, Collection<?> other) {
        return both(collection, other, "Collection.addAll", () -> collection.addAll(other));
    }

    /** In place of the JDK's. */
    @Instead(List.class)
    public static boolean addAll(List<@Nullable Object> list, int index, Collection<?> other) {
        return both(list, other, "List.addAll", () -> list.addAll(index, other));
    }

    /** In place of the JDK's. */
    @Instead(Collection.class)
    public static boolean removeAll(Collection<?> collection, Collection<?> other) {
        return both(collection, other, "Collection.removeAll", () -> collection.removeAll(other));
    }

    /** In place of the JDK's. */
    @Instead(Collection.class)
    public static boolean retainAll(Collection<?> collection, Collection<?> other) {
        return both(collection, other, "Collection.retainAll", () -> collection.retainAll(other));
    }

    /** In place of the JDK's. */
    @Instead(Collection.class)
    public static boolean containsAll(Collection<?> collection, Collection<?> other) {
        return both(collection, other, "Collection.containsAll", () -> collection.containsAll(other));
    }

    /** In place of the JDK's. */
    @Instead(Map.class)
    public static void putAll(Map<@Nullable Object, @Nullable Object> map, Map<?, ?> other) {
        both(map, other, "Map.putAll", () -> {
            map.putAll(other);
            return true;
        });
    }

    private static boolean both(Object receiver, @Nullable Object argument, String what, Call call) {
        SwitchPoints.callOf(receiver, what);
        var first = monitor(receiver);
        var second = first == null ? null : monitor(argument);
        if (first == null || second == null || first == second) {
            return call.run();
        }
        synchronized (first) { // as the JDK does next
            SwitchPoints.monitor(second, what);
            return call.run();
        }
    }

    /** The one that the JDK's own collection enters for each call; null if there is none, or it is not known. */
    private static @Nullable Object monitor(@Nullable Object collection) {
        if (collection == null) {
            return null;
        }
        return collection instanceof Vector<?> || collection instanceof Hashtable<?, ?>
                ? collection
                : CustomScheduling.monitorOf(collection);
    }
}
