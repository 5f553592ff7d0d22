package dev.weft.sync;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The least item first; of equal ones the one that came first. A heap that never changes: an addition or removal makes
 * a new one. So the comparator is called without the queue's lock, and one that throws changes nothing.
 */
final class HeapBuffer<T> implements Buffer<T> {

    /** A leftist heap: the path along the right is never longer than the logarithm of the size. */
    private record Heap<T>(
            T item,
            long sequence,
            int rank,
            @Nullable Heap<T> left,
            @Nullable Heap<T> right) {

        static <T> Heap<T> of(Heap<T> top, @Nullable Heap<T> a, @Nullable Heap<T> b) {
            return rank(a) >= rank(b)
                    ? new Heap<>(top.item, top.sequence, rank(b) + 1, a, b)
                    : new Heap<>(top.item, top.sequence, rank(a) + 1, b, a);
        }

        private static int rank(@Nullable Heap<?> heap) {
            return heap == null ? 0 : heap.rank;
        }
    }

    /** All there is at one time. */
    private record State<T>(
            int size, long nextSequence, @Nullable Heap<T> heap) {}

    private record Plan<T>(State<T> before, State<T> after) {}

    private final Comparator<? super T> order;
    private volatile State<T> state = new State<>(0, 0, null);

    HeapBuffer(Comparator<? super T> order) {
        this.order = order;
    }

    @Override
    public int size() {
        return state.size;
    }

    @Override
    public Object planAdd(T item) {
        var now = state;
        if (now.heap == null) {
            order.compare(item, item); // an item that cannot be compared is refused at once
        }
        var added = new Heap<>(item, now.nextSequence, 1, null, null);
        return new Plan<>(now, new State<>(now.size + 1, now.nextSequence + 1, merge(now.heap, added)));
    }

    @Override
    public boolean add(Object plan) {
        return carryOut((Plan<?>) plan);
    }

    @Override
    public @Nullable Object planRemove() {
        var now = state;
        return now.heap == null
                ? null
                : new Plan<>(now, new State<>(now.size - 1, now.nextSequence, merge(now.heap.left, now.heap.right)));
    }

    @Override
    public @Nullable T remove(@Nullable Object plan) {
        var heap = state.heap;
        return plan != null && heap != null && carryOut((Plan<?>) plan) ? heap.item : null;
    }

    @SuppressWarnings("unchecked") // made by the methods above
    private boolean carryOut(Plan<?> plan) {
        if (plan.before != state) {
            return false;
        }
        state = (State<T>) plan.after;
        return true;
    }

    /** In the order of their coming. */
    @Override
    public Supplier<List<T>> clear() {
        var all = state.heap;
        Supplier<List<T>> dropped = () -> items(all);
        state = new State<>(0, state.nextSequence, null); // last: there may be no memory for what comes before
        return dropped;
    }

    private static <T> List<T> items(@Nullable Heap<T> heap) {
        var found = new ArrayList<Heap<T>>();
        var open = new ArrayDeque<Heap<T>>();
        for (var top = heap; top != null; top = open.poll()) {
            found.add(top);
            if (top.left != null) {
                open.push(top.left);
            }
            if (top.right != null) {
                open.push(top.right);
            }
        }
        found.sort(Comparator.comparingLong(Heap::sequence));
        return found.stream().<T>map(Heap::item).toList();
    }

    private @Nullable Heap<T> merge(@Nullable Heap<T> a, @Nullable Heap<T> b) {
        if (a == null) {
            return b;
        }
        if (b == null) {
            return a;
        }
        return comesFirst(a, b) ? Heap.of(a, a.left, merge(a.right, b)) : Heap.of(b, b.left, merge(a, b.right));
    }

    private boolean comesFirst(Heap<T> a, Heap<T> b) {
        var comparison = order.compare(a.item, b.item);
        return comparison < 0 || (comparison == 0 && a.sequence < b.sequence);
    }
}
