package dev.weft.internal.task;

import org.jspecify.annotations.Nullable;

/**
 * The waiters for a task, oldest first. Adding and removing cost the same however many there are. Guarded by the task's
 * lock until the task has ended, then the property of who ended it.
 */
final class TaskWaiters {

    private @Nullable TaskWaiter first;
    private @Nullable TaskWaiter last;

    void add(TaskWaiter waiter) {
        var before = last;
        waiter.previous = before;
        waiter.linked = true;
        if (before == null) {
            first = waiter;
        } else {
            before.next = waiter;
        }
        last = waiter;
    }

    boolean remove(TaskWaiter waiter) {
        if (!waiter.linked) {
            return false;
        }
        waiter.linked = false;
        var before = waiter.previous;
        var after = waiter.next;
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
        return true;
    }

    /**
     * Tells everybody but the user's callbacks, and returns those, linked; null if there are none. Each is told,
     * whatever comes of the others.
     */
    TaskWaiter.@Nullable UsersCallback tell(TaskImpl<?> ended) {
        TaskWaiter.UsersCallback firstCallback = null;
        TaskWaiter.UsersCallback lastCallback = null;
        for (var waiter = first; waiter != null; ) {
            var after = waiter.next;
            if (waiter instanceof TaskWaiter.UsersCallback callback) {
                callback.next = null;
                if (lastCallback == null) {
                    firstCallback = callback;
                } else {
                    lastCallback.next = callback;
                }
                lastCallback = callback;
            } else {
                try {
                    waiter.taskEnded(ended);
                } catch (Throwable e) {
                    Problems.internal(ended, e);
                }
            }
            waiter = after;
        }
        return firstCallback;
    }

    int countCallbacks() {
        var count = 0;
        for (var waiter = first; waiter != null; waiter = waiter.next) {
            count += waiter instanceof TaskWaiter.UsersCallback ? 1 : 0;
        }
        return count;
    }
}
