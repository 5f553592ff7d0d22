package dev.weft.test;

/**
 * Where a task is cancelled from outside: at one of its waits.
 *
 * @param task the task, in the order of creation; main is 1
 * @param occasion which of its waits, from 1 on
 * @param moment when in the wait
 */
record CancelPoint(int task, int occasion, Moment moment) {

    enum Moment {
        /** When it has begun to wait. */
        WAITING,
        /** When what it waits for has come, just before it goes on. */
        WAKING
    }

    @Override
    public String toString() {
        return task + "." + occasion + "." + moment.name().toLowerCase(java.util.Locale.ROOT);
    }
}
