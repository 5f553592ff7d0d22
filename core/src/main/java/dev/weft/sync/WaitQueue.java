package dev.weft.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The waiters, first come first served. Guarded by the lock of the {@link Guarded} that it belongs to. */
final class WaitQueue {

    private static final int MAX_NAMES = 100;

    /** The condition that is waited for, in words. */
    final String what;

    /** Gives the thread that holds it, if that is known. Called by any thread. */
    final Supplier<? extends @Nullable Thread> holder;

    private @Nullable WaitNode first;
    private @Nullable WaitNode last;
    private int size;

    WaitQueue(String what) {
        this(what, () -> null);
    }

    WaitQueue(String what, Supplier<? extends @Nullable Thread> holder) {
        this.what = what;
        this.holder = holder;
    }

    boolean isEmpty() {
        return first == null;
    }

    int size() {
        return size;
    }

    @Nullable
    WaitNode peek() {
        return first;
    }

    void add(WaitNode node) {
        node.list = this;
        node.previous = last;
        if (last == null) {
            first = node;
        } else {
            last.next = node;
        }
        last = node;
        size++;
    }

    void remove(WaitNode node) {
        var before = node.previous;
        var after = node.next;
        if (before == null) {
            first = after;
        } else {
            before.next = after;
        }
        if (after == null) {
            last = before;
        } else {
            after.previous = before;
        }
        node.list = null;
        node.previous = null;
        node.next = null;
        size--;
    }

    /** The one that waits longest; null if nobody waits. */
    @Nullable
    WaitNode poll() {
        return first == null ? null : remove();
    }

    /** As {@link #poll}, where somebody waits. */
    WaitNode remove() {
        var node = Objects.requireNonNull(first, "nobody waits");
        remove(node);
        return node;
    }

    /** The names of the waiters, the longest waiting first; the first hundred, as this is asked for under a lock. */
    List<String> names() {
        var names = new ArrayList<String>(Math.min(size, MAX_NAMES));
        for (var node = first; node != null && names.size() < MAX_NAMES; node = node.next) {
            names.add(node.strand.name());
        }
        return List.copyOf(names);
    }
}
