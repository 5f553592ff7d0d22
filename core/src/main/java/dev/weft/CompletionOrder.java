package dev.weft;

import dev.weft.runtime.Scheduler;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * {@code asCompleted}: hands the tasks on in the order in which they end, each to the completion that has waited
 * longest.
 */
final class CompletionOrder<T extends @Nullable Object, C> extends Scope implements AsCompleted<C>, Waitable {

    private static final VarHandle STARTED = MethodHandles.arrayElementVarHandle(TaskImpl[].class);
    private static final VarHandle ARRIVED;

    static {
        try {
            ARRIVED = MethodHandles.lookup().findVarHandle(CompletionOrder.class, "arrived", Arrival.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** A task that has ended, linked to those that have ended before it. */
    private record Arrival<T extends @Nullable Object>(
            TaskImpl<T> task, @Nullable Arrival<T> before) {}

    private final Function<CompletionOrder<T, C>, C> slots;
    private final long deadlineNanos;
    private final String description;
    private final List<TaskImpl<?>> watched = new ArrayList<>();
    private final List<TaskWaiter> watches = new ArrayList<>();
    private final Iterator<C> iterator = new Slots();
    private int size;

    /** Why it was closed before the end. */
    private volatile @Nullable Cancellation closing;

    /** By place; null where none was started, or it has ended and was taken in. */
    private @Nullable TaskImpl<?>[] started = new TaskImpl<?>[0];

    /** Of those started here and not taken in; and one for {@link #begin}. */
    private final AtomicInteger unfinishedStarted = new AtomicInteger(1);

    /** Put there by who has ended it; taken in under the lock, by who looks for one, or else by the former. */
    private volatile @Nullable Arrival<T> arrived;

    /** Whether anybody waits for what arrives. Written under the lock, before who waits takes in for the last time. */
    private volatile boolean isAwaited;

    /** Guards all below. */
    private final BriefLock lock = new BriefLock();

    private final ArrayList<Activity> joiners = new ArrayList<>();

    /** Ended and not handed on. */
    private final ArrayDeque<TaskImpl<T>> ended = new ArrayDeque<>();

    /** How many have been handed on. */
    private int bound;

    private final ArrayDeque<Slot<T>> waiting = new ArrayDeque<>();

    private CompletionOrder(Function<CompletionOrder<T, C>, C> slots, Duration limit) {
        super(Activity.current());
        this.slots = slots;
        this.deadlineNanos = Durations.deadline(parent.scheduler(), limit);
        this.description = "asCompleted within " + Durations.format(limit);
    }

    static <T extends @Nullable Object> AsCompleted<Completion<T>> untimed(
            Iterable<? extends Body<? extends T, ?>> bodies) {
        return new CompletionOrder<T, Completion<T>>(Untimed::new, Durations.FOREVER).begin(bodies);
    }

    static <T extends @Nullable Object> AsCompleted<TimedCompletion<T>> timed(
            Iterable<? extends Body<? extends T, ?>> bodies, Duration limit) {
        Objects.requireNonNull(limit, "limit");
        return new CompletionOrder<T, TimedCompletion<T>>(Timed::new, limit).begin(bodies);
    }

    private CompletionOrder<T, C> begin(Iterable<? extends Body<? extends T, ?>> bodies) {
        var all = new ArrayList<Body<T, ?>>();
        var tasks = new LinkedHashSet<Task<T>>();
        for (var body : Objects.requireNonNull(bodies, "bodies")) {
            @SuppressWarnings("unchecked") // a body only gives its value
            var given = (Body<T, ?>) Objects.requireNonNull(body, "a body is null");
            if (!(given instanceof Task<?>) || tasks.add(Shield.asTask(given))) {
                all.add(given);
            }
        }
        size = all.size();
        if (size == 0) {
            return this;
        }
        started = new TaskImpl<?>[size];
        open();
        try {
            for (var i = 0; i < size; i++) {
                begin(i, all.get(i));
            }
        } finally {
            if (unfinishedStarted.decrementAndGet() == 0) {
                takeIn();
            }
        }
        return this;
    }

    private void begin(int place, Body<T, ?> body) {
        if (body instanceof Task<?>) {
            watch(TaskImpl.of(Shield.asTask(body)));
            return;
        }
        var child = new TaskImpl<T>(parent, this, openedNanos, body);
        child.place = place;
        unfinishedStarted.incrementAndGet();
        STARTED.setVolatile(started, place, child);
        child.start();
    }

    private void watch(TaskImpl<T> task) {
        var waiter = new TaskWaiter.Watch(done -> arrive(task));
        watched.add(task);
        watches.add(waiter);
        if (!task.add(waiter)) {
            arrive(task);
        }
    }

    @Override
    @SuppressWarnings("unchecked") // the children are made above
    public void ended(TaskImpl<?> child) {
        arrive((TaskImpl<T>) child);
    }

    private void arrive(TaskImpl<T> task) {
        Arrival<T> before;
        do {
            before = arrived;
        } while (!ARRIVED.compareAndSet(this, before, new Arrival<>(task, before)));
        if (isAwaited) {
            takeIn();
        }
    }

    private void takeIn() {
        lock.lock();
        var told = takeInLocked();
        lock.unlock();
        unpark(told);
    }

    /** With the lock held: hands on what has arrived. @return who is to be unparked */
    private List<Activity> takeInLocked() {
        @SuppressWarnings("unchecked") // the field has this type
        var last = (Arrival<T>) ARRIVED.getAndSet(this, null);
        Arrival<T> next = null;
        for (var arrival = last; arrival != null; arrival = arrival.before) {
            next = new Arrival<>(arrival.task, next);
        }
        List<Activity> told = List.of();
        for (; next != null; next = next.before) {
            var slot = waiting.poll();
            if (slot == null) {
                ended.add(next.task);
            } else {
                told = joined(told, slot.bind(next.task));
            }
            if (next.task.owner() == this) {
                STARTED.setOpaque(started, next.task.place, null); // not by its own thread: the places share words
                unfinishedStarted.decrementAndGet();
            }
        }
        note();
        return startedHaveEnded() ? joined(told, joiners) : told;
    }

    private static List<Activity> joined(List<Activity> some, List<Activity> more) {
        if (more.isEmpty()) {
            return some;
        }
        var all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }

    /** With the lock held, after each change. */
    private void note() {
        isAwaited = !waiting.isEmpty() || !joiners.isEmpty();
    }

    private boolean startedHaveEnded() {
        return unfinishedStarted.get() == 0;
    }

    private static void unpark(List<Activity> waiters) {
        for (var waiter : waiters) {
            waiter.scheduler().unpark(waiter);
        }
    }

    @Override
    public Iterator<C> iterator() {
        return iterator;
    }

    @Override
    public void close() {
        if (size == 0) {
            return;
        }
        var self = Activity.current();
        var reason = new Cancellation(
                "asCompleted was closed",
                self.describe(),
                Deadline.ofNanos(self.scheduler().nanoTime()));
        lock.lock();
        joiners.add(self);
        note();
        var told = takeInLocked();
        lock.unlock();
        unpark(told);
        if (!startedHaveEnded()) {
            closing = reason;
            stopChildren(reason);
            self.join(this);
        }
        lock.lock();
        joiners.remove(self);
        note();
        lock.unlock();
        for (var i = 0; i < watched.size(); i++) {
            watched.get(i).remove(watches.get(i));
        }
        closeScope();
        reportUnseen();
    }

    /** Failures of what was started here and will not be delivered any more. */
    private void reportUnseen() {
        lock.lock();
        var unseen = List.copyOf(ended);
        lock.unlock();
        for (var task : unseen) {
            if (task.owner() == this && task.hasUnobservedFailure()) {
                for (var failure : task.failures()) {
                    Problems.of(task)
                            .report(
                                    Problem.Kind.UNOBSERVED_FAILURE,
                                    task.describe() + " failed, and asCompleted was left without looking at it",
                                    task,
                                    failure);
                }
            }
        }
    }

    @Override
    void abandon() {
        close();
    }

    @Override
    public boolean isReady() {
        return startedHaveEnded();
    }

    @Override
    @Nullable
    Cancellation stopReason() {
        return closing;
    }

    @Override
    Deadlines.@Nullable First limit() {
        return deadlineNanos == Scheduler.NEVER ? null : new Deadlines.First(deadlineNanos, description);
    }

    @Override
    public void forEachInvolved(Consumer<? super TaskImpl<?>> action) {
        forEachChild(action);
    }

    /** Its caller may leave it open, and its thread need not be the one that closes it. */
    @Override
    void entered() {
        if (parent instanceof Guest) {
            LooseScopes.add(this);
        }
    }

    @Override
    void left() {
        if (parent instanceof Guest) {
            LooseScopes.remove(this);
        }
    }

    /** Also what was given, and is not known to have ended. */
    private void forEachUnfinished(Consumer<? super TaskImpl<?>> action) {
        forEachChild(action);
        for (var task : watched) {
            if (!task.hasEnded()) {
                action.accept(task);
            }
        }
    }

    @Override
    void forEachChild(Consumer<? super TaskImpl<?>> action) {
        for (var i = 0; i < started.length; i++) {
            var task = (TaskImpl<?>) STARTED.getVolatile(started, i);
            if (task != null && !task.hasEnded()) {
                action.accept(task);
            }
        }
    }

    @Override
    public String kind() {
        return "asCompleted";
    }

    @Override
    public String toString() {
        return "asCompleted of " + size;
    }

    private DeadlineExceededException exceeded() {
        return new DeadlineExceededException(Deadline.ofNanos(deadlineNanos), description);
    }

    private final class Slots implements Iterator<C> {
        private final AtomicInteger handedOut = new AtomicInteger();

        @Override
        public boolean hasNext() {
            return handedOut.get() < size;
        }

        @Override
        public C next() {
            if (handedOut.getAndIncrement() >= size) {
                handedOut.decrementAndGet();
                throw new NoSuchElementException("all " + size + " completions have been handed out");
            }
            return slots.apply(CompletionOrder.this);
        }
    }

    /**
     * A completion. It is bound to a task when it is awaited first; all that is not final is guarded by the order's
     * {@link #lock}.
     */
    private abstract static class Slot<T extends @Nullable Object> implements Waitable {
        final CompletionOrder<T, ?> order;
        private List<Activity> awaiters = List.of();
        private volatile @Nullable TaskImpl<T> task;

        Slot(CompletionOrder<T, ?> order) {
            this.order = order;
        }

        /** @return null if the deadline came first */
        final @Nullable TaskImpl<T> take() throws InterruptedException {
            var self = order.self();
            self.checkpoint();
            if (enter(self)) {
                var kept = false;
                try {
                    self.waitFor(this, order.deadlineNanos);
                    kept = true;
                } finally {
                    leave(self, kept);
                }
            }
            return task;
        }

        /** Binds this if it can be; else {@code self} is to wait. */
        private boolean enter(Activity self) {
            order.lock.lock();
            var told = order.ended.isEmpty() ? order.takeInLocked() : List.<Activity>of();
            if (task == null && !order.ended.isEmpty()) {
                bind(order.ended.remove());
            }
            var waits = task == null;
            if (waits) {
                if (awaiters.isEmpty()) {
                    order.waiting.add(this);
                    awaiters = new ArrayList<>(1);
                }
                awaiters.add(self);
                order.note();
                told = joined(told, order.takeInLocked());
            }
            order.lock.unlock();
            unpark(told);
            return waits;
        }

        private void leave(Activity self, boolean kept) {
            var told = List.<Activity>of();
            order.lock.lock();
            if (awaiters.remove(self) && awaiters.isEmpty()) {
                order.waiting.remove(this);
                var unseen = task;
                if (!kept && unseen != null) {
                    task = null;
                    order.bound--;
                    var heir = order.waiting.poll();
                    if (heir == null) {
                        order.ended.addFirst(unseen);
                    } else {
                        told = heir.bind(unseen);
                    }
                }
                order.note();
            }
            order.lock.unlock();
            unpark(told);
        }

        /** With the lock held. @return who is to be unparked */
        private List<Activity> bind(TaskImpl<T> ended) {
            task = ended;
            if (++order.bound == order.size) {
                order.markClosed();
            }
            return awaiters.isEmpty() ? List.of() : List.copyOf(awaiters);
        }

        @Override
        public final boolean isReady() {
            return task != null;
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
    }

    private static final class Untimed<T extends @Nullable Object> extends Slot<T> implements Completion<T> {

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

    private static final class Timed<T extends @Nullable Object> extends Slot<T> implements TimedCompletion<T> {

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
