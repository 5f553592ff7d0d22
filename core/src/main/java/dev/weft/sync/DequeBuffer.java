package dev.weft.sync;

import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** First in first out, or last in first out. Its plan to add an item is the item. */
final class DequeBuffer<T> implements Buffer<T> {

    private ArrayDeque<T> items = new ArrayDeque<>();
    private final boolean lastFirst;

    DequeBuffer(boolean lastFirst) {
        this.lastFirst = lastFirst;
    }

    @Override
    public int size() {
        return items.size();
    }

    @Override
    public Object planAdd(T item) {
        return item;
    }

    @Override
    @SuppressWarnings("unchecked") // made by planAdd
    public boolean add(Object plan) {
        var item = (T) plan;
        if (lastFirst) {
            items.addFirst(item);
        } else {
            items.addLast(item);
        }
        return true;
    }

    @Override
    public @Nullable Object planRemove() {
        return null;
    }

    @Override
    public T remove(@Nullable Object plan) {
        return items.removeFirst();
    }

    @Override
    public Supplier<List<T>> clear() {
        var all = items;
        Supplier<List<T>> dropped = () -> List.copyOf(all);
        items = new ArrayDeque<>(); // last: there may be no memory for what comes before
        return dropped;
    }
}
