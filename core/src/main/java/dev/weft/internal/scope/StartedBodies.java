package dev.weft.internal.scope;

import dev.weft.Body;
import dev.weft.Cancellation;
import dev.weft.Task;
import dev.weft.internal.api.Cancellations;
import dev.weft.internal.block.Shield;
import dev.weft.internal.runtime.Scheduler;
import dev.weft.internal.runtime.SharedThreads;
import dev.weft.internal.runtime.Sizes;
import dev.weft.internal.runtime.Strand;
import dev.weft.internal.task.Request;
import dev.weft.internal.task.StructuredStrand;
import dev.weft.internal.task.TaskImpl;
import dev.weft.internal.task.TaskNumbers;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The tasks that an {@code asCompleted} makes of bodies, by their places among all that it was given. */
final class StartedBodies<T extends @Nullable Object> implements SharedThreads.Sharing {

    /**
     * The number of bodies that are started before the tasks that wait for a thread have their turn. Afterwards the
     * caller looks whether it was asked to stop, or the deadline has passed.
     */
    private static final int WAVE = Sizes.of(64, 1);

    private static final VarHandle TASK = MethodHandles.arrayElementVarHandle(TaskImpl[].class);

    private final CompletionOrder<T, ?> order;
    private final StructuredStrand parent;

    private final int firstNumber;

    /** Null if each task has a thread of its own. */
    private final @Nullable SharedThreads threads;

    /** Null for a body that was not started, or whose end was taken in. */
    private final @Nullable TaskImpl<?>[] tasks;

    /** The number of bodies whose ends come, or have come. Own thread of the parent only. */
    private int begun;

    StartedBodies(CompletionOrder<T, ?> order, int size) {
        this.order = order;
        this.parent = order.parent;
        this.tasks = new TaskImpl<?>[size];
        this.threads = parent.scheduler().shareThreads(this);
        this.firstNumber = TaskNumbers.take(size);
    }

    /** Starts the bodies, and has the order watch the tasks. */
    void begin(List<? extends Body<T, ?>> all) {
        Cancellation reason = null;
        var late = false;
        for (var place = 0; place < tasks.length; place++) {
            if (place > 0 && place % WAVE == 0 && !parent.scheduler().takesTurns()) {
                letBegin(place);
                reason = reason == null ? reasonToStop() : reason;
                late |= order.deadlineNanos != Scheduler.NEVER
                        && parent.scheduler().nanoTime() >= order.deadlineNanos;
            }
            var body = all.get(place);
            if (body instanceof Task<?>) {
                order.watch(TaskImpl.of(Shield.asTask(body)));
            } else if (reason != null) {
                endUnstarted(place, body, reason);
            } else if (!late) {
                start(place, body);
            }
        }
        letBegin(tasks.length);
    }

    private void start(int place, Body<T, ?> body) {
        var task = newTask(place, body);
        TASK.setVolatile(tasks, place, task);
        begun++;
        if (threads == null) {
            task.start();
        } else {
            task.start(threads);
        }
    }

    private void endUnstarted(int place, Body<T, ?> body, Cancellation reason) {
        var task = newTask(place, body);
        task.request(Request.ofMany(reason));
        begun++;
        task.endUnstarted();
    }

    private TaskImpl<T> newTask(int place, Body<T, ?> body) {
        var task = new TaskImpl<T>(parent, order, order.openedNanos, firstNumber + place, body);
        task.place = place;
        return task;
    }

    private void letBegin(int count) {
        parent.letBegin((TaskImpl<?>) TASK.getOpaque(tasks, count - 1));
    }

    /** Why the caller's next wait would be ended, or null. */
    private @Nullable Cancellation reasonToStop() {
        if (parent.isPending()) {
            var asked = parent.cancellation();
            if (asked != null) {
                return asked;
            }
        }
        return parent.shields() == 0 && Thread.currentThread().isInterrupted()
                ? Cancellations.now(parent.scheduler(), "interrupted", parent.describe())
                : null;
    }

    /** The number of bodies whose ends come, or have come. */
    int countBegun() {
        return begun;
    }

    /** The end at that place was taken in. */
    void forget(int place) {
        TASK.setOpaque(tasks, place, null); // not by its own thread: the places share words
    }

    void forEachUnended(Consumer<? super TaskImpl<?>> action) {
        for (var place = 0; place < tasks.length; place++) {
            var task = (TaskImpl<?>) TASK.getVolatile(tasks, place);
            if (task != null && !task.hasEnded()) {
                action.accept(task);
            }
        }
    }

    @Override
    public @Nullable Strand strand(int place) {
        return (TaskImpl<?>) TASK.getVolatile(tasks, place);
    }

    @Override
    public void taken() {}
}
