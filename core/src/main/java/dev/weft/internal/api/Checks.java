package dev.weft.internal.api;

import dev.weft.Body;
import dev.weft.Task;
import java.util.Iterator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Arguments that are rejected, before anything was started. */
public final class Checks {

    private Checks() {}

    public static int limit(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1, not " + limit);
        }
        return limit;
    }

    public static <E> E[] elements(E[] array, String name) {
        Objects.requireNonNull(array, name);
        for (var i = 0; i < array.length; i++) {
            if (array[i] == null) {
                throw new NullPointerException(name + "[" + i + "] is null");
            }
        }
        return array;
    }

    public static <A extends @Nullable Object> Iterator<? extends A> iterator(Iterable<? extends A> items) {
        return Objects.requireNonNull(items, "items").iterator();
    }

    public static <T> Body<T, ?> notATask(Body<T, ?> body) {
        if (Objects.requireNonNull(body, "body") instanceof Task<?> task) {
            throw new IllegalArgumentException(
                    task + " is a task already: await it, or pass it to gather, asCompleted or shield");
        }
        return body;
    }
}
