package dev.weft.internal.scope;

import dev.weft.Completion;
import dev.weft.DeadlineExceededException;
import dev.weft.Task;
import dev.weft.TimedCompletion;
import dev.weft.internal.runtime.Scheduler;
import dev.weft.internal.runtime.StackReserve;
import dev.weft.internal.task.Awaitable;
import dev.weft.internal.task.StructuredStrand;
import dev.weft.internal.task.TaskImpl;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A completion. It is bound to a task when it is awaited first; all that is not final is guarded by the order's
 * {@link CompletionOrder#lock lock}.
 */
abstract class CompletionSlot<T extends @Nullable Object> implements Awaitable {

    /** Circles are looked for when no more completions than these are left. */
    private static final int FEW = 8;

    final CompletionOrder<T, ?> order;

    /** Those that are not yet to be unparked. */
    @Nullable
    CompletionWaiter awaiters;

    /** How many have entered and not left. */
    private int takers;

    /** Somebody has got what this is bound to. */
    private boolean isKept;

    /** Whether this stands among those that wait, between these two. */
    boolean isWaiting;

    @Nullable
    CompletionSlot<T> before;

    @Nullable
    CompletionSlot<T> after;

    volatile Arrivals.@Nullable Arrival<T> arrival;

    CompletionSlot(CompletionOrder<T, ?> order) {
        this.order = order;
    }

    /** Waits for the task that this is bound to. Returns null if the deadline came first. */
    final @Nullable TaskImpl<T> take() throws InterruptedException {
        var self = order.self();
        self.checkpoint();
        StackReserve.forCall();
        if (!bind()) {
            await(self);
        }
        var taken = arrival;
        return taken == null ? null : taken.task;
    }

    /** Binds this if that needs no wait. */
    private boolean bind() {
        CompletionWaiter unparked;
        order.lock.lock();
        try {
            bindLocked();
            unparked = order.takeTold();
        } finally {
            order.lock.taken = false;
        }
        CompletionWaiter.unpark(unparked);
        return arrival != null;
    }

    private void bindLocked() {
        if (order.ended.first == null) {
            order.takeInLocked();
        }
        if (arrival == null) {
            var next = order.ended.poll();
            if (next != null) {
                order.bind(this, next);
            }
        }
        if (arrival != null) {
            keep();
        }
    }

    private void await(StructuredStrand self) throws InterruptedException {
        var waiter = new CompletionWaiter(self);
        if (enter(waiter)) {
            var kept = false;
            try {
                self.waitFor(this, order.deadlineNanos);
                kept = true;
            } finally {
                leave(waiter, kept);
            }
        }
    }

    /** Binds this if it can be; else {@code waiter} is to wait. */
    private boolean enter(CompletionWaiter waiter) {
        boolean waits;
        CompletionWaiter unparked;
        order.lock.lock();
        try {
            bindLocked();
            waits = arrival == null;
            if (waits) {
                waiter.next = awaiters;
                awaiters = waiter;
                takers++;
                if (!isWaiting) {
                    order.waiting.add(this);
                }
                order.note();
                order.takeInLocked();
            }
            unparked = order.takeTold();
        } finally {
            order.lock.taken = false;
        }
        CompletionWaiter.unpark(unparked);
        return waits;
    }

    private void leave(CompletionWaiter waiter, boolean kept) {
        CompletionWaiter unparked;
        order.lock.lock();
        try {
            awaiters = CompletionWaiter.without(awaiters, waiter);
            if (kept && arrival != null) {
                keep();
            }
            if (--takers == 0) {
                if (isWaiting) {
                    order.waiting.remove(this);
                }
                if (!isKept) {
                    giveBack();
                }
                order.note();
            }
            unparked = order.takeTold();
        } finally {
            order.lock.taken = false;
        }
        CompletionWaiter.unpark(unparked);
    }

    /** With the lock held: somebody gets what this is bound to, and it will not be given back. */
    private void keep() {
        if (!isKept) {
            isKept = true;
            order.oneKept();
        }
    }

    /** With the lock held: nobody has seen what this was bound to. */
    private void giveBack() {
        var unseen = arrival;
        if (unseen == null) {
            return;
        }
        arrival = null;
        order.bound--;
        var heir = order.waiting.first;
        if (heir == null) {
            order.ended.addFirst(unseen);
        } else {
            order.waiting.remove(heir);
            order.bind(heir, unseen);
        }
    }

    @Override
    public final boolean isReady() {
        return arrival != null;
    }

    /** Only near the end: to look at all that are left for each completion would cost their square. */
    @Override
    public final boolean mayCloseCycle() {
        var left = order.deadlineNanos == Scheduler.NEVER ? order.countLeft() : Integer.MAX_VALUE;
        if (left > FEW) {
            return false;
        }
        var running = new AtomicInteger(); // fewer than are left as long as an end has not been told
        order.forEachUnfinished(task -> running.incrementAndGet());
        return running.get() == left;
    }

    /** The last one; of several, none must end. */
    @Override
    public final void forEachAwaited(Consumer<? super TaskImpl<?>> action) {
        if (order.deadlineNanos == Scheduler.NEVER && order.countLeft() == 1) {
            order.forEachUnfinished(action);
        }
    }

    @Override
    public final void forEachInvolved(Consumer<? super TaskImpl<?>> action) {
        order.forEachUnfinished(action);
    }

    @Override
    public final Needs needs() {
        return order.deadlineNanos == Scheduler.NEVER ? Needs.ANY : Needs.NONE;
    }

    @Override
    public final String toString() {
        return "the next completion";
    }

    static final class Untimed<T extends @Nullable Object> extends CompletionSlot<T> implements Completion<T> {

        Untimed(CompletionOrder<T, ?> order) {
            super(order);
        }

        @Override
        public T await() throws InterruptedException {
            return task().result();
        }

        @Override
        public Task<T> task() throws InterruptedException {
            return Objects.requireNonNull(take(), "a wait without a deadline ended without a task");
        }
    }

    static final class Timed<T extends @Nullable Object> extends CompletionSlot<T> implements TimedCompletion<T> {

        Timed(CompletionOrder<T, ?> order) {
            super(order);
        }

        @Override
        public T await() throws DeadlineExceededException, InterruptedException {
            return task().result();
        }

        @Override
        public Task<T> task() throws DeadlineExceededException, InterruptedException {
            var task = take();
            if (task == null) {
                throw order.exceeded();
            }
            return task;
        }
    }
}
