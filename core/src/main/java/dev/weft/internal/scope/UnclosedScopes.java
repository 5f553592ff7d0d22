package dev.weft.internal.scope;

import dev.weft.internal.task.Scope;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Open scopes of threads that may leave them open: found as long as somebody else holds them, be it only by a child.
 */
public final class UnclosedScopes {

    private static final Set<Entry> ENTRIES = ConcurrentHashMap.newKeySet();
    private static final ReferenceQueue<Scope> GONE = new ReferenceQueue<>();

    private UnclosedScopes() {}

    public static void add(Scope scope) {
        for (Reference<?> gone = GONE.poll(); gone != null; gone = GONE.poll()) {
            ENTRIES.remove(gone);
        }
        ENTRIES.add(new Entry(scope));
    }

    public static void remove(Scope scope) {
        ENTRIES.remove(new Entry(scope));
    }

    public static void forEachOpen(Consumer<? super Scope> action) {
        for (var entry : ENTRIES) {
            var scope = entry.get();
            if (scope != null && !scope.isClosed()) {
                action.accept(scope);
            }
        }
    }

    /** Equal to one of the same scope. */
    private static final class Entry extends WeakReference<Scope> {
        private final int hash;

        Entry(Scope scope) {
            super(scope, GONE);
            hash = System.identityHashCode(scope);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(Object other) {
            if (this == other) {
                return true;
            }
            var scope = get();
            return scope != null && other instanceof Entry entry && entry.refersTo(scope);
        }
    }
}
