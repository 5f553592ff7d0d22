package dev.weft.internal.task;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The numbers of the process's tasks, unsigned, in the order of their making. All cores write one word here: a call
 * that knows how many tasks it makes takes their numbers at once.
 */
public final class TaskNumbers {

    private static final AtomicInteger LAST = new AtomicInteger();

    private TaskNumbers() {}

    public static int next() {
        return LAST.incrementAndGet();
    }

    /** The first of {@code count} numbers that follow each other, and that nobody else gets. */
    public static int take(int count) {
        return LAST.getAndAdd(count) + 1;
    }
}
