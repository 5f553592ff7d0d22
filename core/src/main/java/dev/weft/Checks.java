package dev.weft;

import java.util.Objects;

/** Arguments that are rejected, before anything was started. */
final class Checks {

    private Checks() {}

    static int limit(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1, not " + limit);
        }
        return limit;
    }

    static <E> E[] elements(E[] array, String name) {
        Objects.requireNonNull(array, name);
        for (var i = 0; i < array.length; i++) {
            if (array[i] == null) {
                throw new NullPointerException(name + "[" + i + "] is null");
            }
        }
        return array;
    }

    static <T> Body<T, ?> notATask(Body<T, ?> body) {
        if (Objects.requireNonNull(body, "body") instanceof Task<?> task) {
            throw new IllegalArgumentException(
                    task + " is a task already: await it, or pass it to gather, asCompleted or shield");
        }
        return body;
    }
}
