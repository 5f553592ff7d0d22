package dev.weft.cli.fetch;

import java.util.ArrayDeque;
import java.util.function.Consumer;

/** Items that wait in a row. Not thread-safe. */
interface Line<T> {

    void addLast(T item);

    /** There is one. */
    T removeFirst();

    int size();

    /** Takes out all. */
    void drain(Consumer<? super T> to);

    /** One of the items as they are. */
    static <T> Line<T> plain() {
        var items = new ArrayDeque<T>();
        return new Line<>() {
            @Override
            public void addLast(T item) {
                items.addLast(item);
            }

            @Override
            public T removeFirst() {
                return items.removeFirst();
            }

            @Override
            public int size() {
                return items.size();
            }

            @Override
            public void drain(Consumer<? super T> to) {
                items.forEach(to);
                items.clear();
            }
        };
    }
}
