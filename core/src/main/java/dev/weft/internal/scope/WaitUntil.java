package dev.weft.internal.scope;

import dev.weft.ReturnWhen;
import dev.weft.Task;
import dev.weft.Waited;
import dev.weft.internal.runtime.Durations;
import dev.weft.internal.runtime.Scheduler;
import dev.weft.internal.task.Awaitable;
import dev.weft.internal.task.StructuredStrand;
import dev.weft.internal.task.TaskImpl;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** {@code waitUntil}: counts the ends of tasks down, on behalf of one waiter. */
public final class WaitUntil implements Awaitable {

    private final StructuredStrand self;
    private final ReturnWhen when;
    private final Set<? extends Task<?>> tasks;
    private final boolean isTimed;
    private final AtomicInteger unfinished;

    /** An end that is told of later must not wake the caller up, which may wait for something else by then. */
    private volatile boolean satisfied;

    private WaitUntil(StructuredStrand self, ReturnWhen when, Set<? extends Task<?>> tasks, boolean isTimed) {
        this.self = self;
        this.when = when;
        this.tasks = tasks;
        this.isTimed = isTimed;
        this.unfinished = new AtomicInteger(tasks.size());
    }

    public static <T extends @Nullable Object> Waited<T> waitUntil(
            ReturnWhen when, Iterable<? extends Task<? extends T>> tasks, Duration limit) throws InterruptedException {
        Objects.requireNonNull(when, "when");
        Objects.requireNonNull(limit, "limit");
        var all = new LinkedHashSet<Task<T>>();
        for (var task : Objects.requireNonNull(tasks, "tasks")) {
            @SuppressWarnings("unchecked") // a task only gives its value
            var given = (Task<T>) Objects.requireNonNull(task, "a task is null");
            all.add(given);
        }
        if (all.isEmpty()) {
            throw new IllegalArgumentException("no task to wait for");
        }
        var self = StructuredStrand.current();
        var deadline = Durations.deadline(self.scheduler(), limit);
        new WaitUntil(self, when, all, deadline != Scheduler.NEVER).await(deadline);
        var done = new LinkedHashSet<Task<T>>();
        var pending = new LinkedHashSet<Task<T>>();
        for (var task : all) {
            (task.isDone() ? done : pending).add(task);
        }
        return new Waited<>(Collections.unmodifiableSet(done), Collections.unmodifiableSet(pending));
    }

    private void await(long deadlineNanos) throws InterruptedException {
        var watched = new WatchedTasks();
        try {
            for (var task : tasks) {
                watched.add(TaskImpl.of(task), this::ended);
            }
            self.waitFor(this, deadlineNanos);
        } finally {
            satisfied = true;
            watched.removeAll();
        }
    }

    private void ended(TaskImpl<?> task) {
        if (satisfied) {
            return;
        }
        var satisfies = switch (when) {
            case ALL_COMPLETED -> false;
            case FIRST_COMPLETED -> true;
            case FIRST_EXCEPTION -> task.failureOrNull() != null;
        };
        if (satisfies) {
            satisfied = true; // before the count, by which others tell whether one is left
        }
        if (unfinished.decrementAndGet() == 0) {
            satisfied = true;
        }
        if (satisfied) {
            self.scheduler().unpark(self);
        }
    }

    @Override
    public boolean isReady() {
        return satisfied;
    }

    @Override
    public boolean mayCloseCycle() {
        return !isTimed && unfinished.get() == countRunning() && !satisfied;
    }

    /** Fewer than are unfinished as long as an end has not been told. */
    private int countRunning() {
        var count = 0;
        for (var task : tasks) {
            count += task.isDone() ? 0 : 1;
        }
        return count;
    }

    /** Where one end is enough, none of several must come. */
    @Override
    public void forEachAwaited(Consumer<? super TaskImpl<?>> action) {
        if (!isTimed && (when == ReturnWhen.ALL_COMPLETED || unfinished.get() == 1) && !satisfied) {
            forEachInvolved(action);
        }
    }

    @Override
    public void forEachInvolved(Consumer<? super TaskImpl<?>> action) {
        for (var task : tasks) {
            if (!task.isDone()) {
                action.accept(TaskImpl.of(task));
            }
        }
    }

    @Override
    public Needs needs() {
        return isTimed ? Needs.NONE : when == ReturnWhen.ALL_COMPLETED ? Needs.ALL : Needs.ANY;
    }

    @Override
    public String toString() {
        return switch (when) {
            case ALL_COMPLETED -> "all of " + unfinished + " tasks";
            case FIRST_COMPLETED -> "any of " + unfinished + " tasks";
            case FIRST_EXCEPTION -> "all of " + unfinished + " tasks, or a failure";
        };
    }
}
