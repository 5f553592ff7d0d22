package dev.weft;

import dev.weft.runtime.Memory;
import dev.weft.runtime.Scheduler;
import dev.weft.runtime.StackReserve;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
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

    /** So many that are left are looked at for circles. */
    private static final int FEW = 8;

    static {
        try {
            ARRIVED = MethodHandles.lookup().findVarHandle(CompletionOrder.class, "arrived", Arrival.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** A task that has ended. Linked to those that have ended before it; in {@link Arrivals} to those after it. */
    private static final class Arrival<T extends @Nullable Object> {
        final TaskImpl<T> task;

        @Nullable
        Arrival<T> next;

        Arrival(TaskImpl<T> task) {
            this.task = task;
        }
    }

    /** First in, first out. Allocates nothing, as it is used with the lock held. */
    private static final class Arrivals<T extends @Nullable Object> {
        @Nullable
        Arrival<T> first;

        private @Nullable Arrival<T> last;

        void add(Arrival<T> arrival) {
            arrival.next = null;
            if (last == null) {
                first = arrival;
            } else {
                last.next = arrival;
            }
            last = arrival;
        }

        void addFirst(Arrival<T> arrival) {
            arrival.next = first;
            first = arrival;
            if (last == null) {
                last = arrival;
            }
        }

        @Nullable
        Arrival<T> poll() {
            var polled = first;
            if (polled != null) {
                first = polled.next;
                if (first == null) {
                    last = null;
                }
            }
            return polled;
        }
    }

    /** An activity that waits for a completion, or for the end of all. Made before the lock is taken. */
    private static final class Waiter {
        final Activity activity;

        /** In its list; then, once that is over, in the list of those to be unparked. */
        @Nullable
        Waiter next;

        Waiter(Activity activity) {
            this.activity = activity;
        }
    }

    private final Function<CompletionOrder<T, C>, C> slots;
    private final long deadlineNanos;
    private final String description;
    private final List<TaskImpl<?>> watched = new ArrayList<>();
    private final List<TaskWaiter> watches = new ArrayList<>();
    private final Iterator<C> iterator = new Slots();
    private int size;

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

    /** They wait for the end of all that were started here. */
    private @Nullable Waiter joiners;

    /** To be unparked when the lock has been released. */
    private @Nullable Waiter told;

    /** Ended and not handed on. */
    private final Arrivals<T> ended = new Arrivals<>();

    /** How many have been handed on. */
    private int bound;

    /** Completions that are waited for and not bound yet. */
    private @Nullable Slot<T> firstWaiting;

    private @Nullable Slot<T> lastWaiting;

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
        var tasks = new LinkedHashSet<Task<T>>(); // a task's equals is its identity
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
        Arrival<T> arrival = Memory.insist(task, Arrival::new);
        do {
            arrival.next = arrived;
        } while (!ARRIVED.compareAndSet(this, arrival.next, arrival));
        if (isAwaited) {
            takeIn();
        }
    }

    private void takeIn() {
        Waiter unparked;
        lock.lock();
        try {
            takeInLocked();
            unparked = takeTold();
        } finally {
            lock.taken = false;
        }
        unpark(unparked);
    }

    /** With the lock held: hands on what has arrived. */
    private void takeInLocked() {
        @SuppressWarnings("unchecked") // the field has this type
        var last = (Arrival<T>) ARRIVED.getAndSet(this, null);
        Arrival<T> first = null;
        while (last != null) {
            var before = last.next;
            last.next = first;
            first = last;
            last = before;
        }
        while (first != null) {
            var next = first.next;
            handOn(first);
            first = next;
        }
        if (startedHaveEnded()) {
            tell(joiners);
            joiners = null;
        }
        note();
    }

    private void handOn(Arrival<T> arrival) {
        var task = arrival.task;
        var slot = firstWaiting;
        if (slot == null) {
            ended.add(arrival);
        } else {
            leaveWaiting(slot);
            bind(slot, arrival);
        }
        if (task.owner() == this) {
            STARTED.setOpaque(started, task.place, null); // not by its own thread: the places share words
            unfinishedStarted.decrementAndGet();
        }
    }

    /** With the lock held. */
    private void bind(Slot<T> slot, Arrival<T> arrival) {
        slot.arrival = arrival;
        tell(slot.awaiters);
        slot.awaiters = null;
        if (++bound == size) {
            markClosed();
        }
    }

    /** With the lock held: they stand in no list any more. */
    private void tell(@Nullable Waiter first) {
        for (var waiter = first; waiter != null; ) {
            var next = waiter.next;
            waiter.next = told;
            told = waiter;
            waiter = next;
        }
    }

    private @Nullable Waiter takeTold() {
        var taken = told;
        told = null;
        return taken;
    }

    private void enterWaiting(Slot<T> slot) {
        slot.isWaiting = true;
        slot.before = lastWaiting;
        if (lastWaiting == null) {
            firstWaiting = slot;
        } else {
            lastWaiting.after = slot;
        }
        lastWaiting = slot;
    }

    private void leaveWaiting(Slot<T> slot) {
        var before = slot.before;
        var after = slot.after;
        if (before == null) {
            firstWaiting = after;
        } else {
            before.after = after;
        }
        if (after == null) {
            lastWaiting = before;
        } else {
            after.before = before;
        }
        slot.isWaiting = false;
        slot.before = null;
        slot.after = null;
    }

    private static @Nullable Waiter without(@Nullable Waiter first, Waiter removed) {
        if (first == removed) {
            return first.next;
        }
        for (var waiter = first; waiter != null; waiter = waiter.next) {
            if (waiter.next == removed) {
                waiter.next = removed.next;
            }
        }
        return first;
    }

    /** With the lock held, after each change. */
    private void note() {
        isAwaited = firstWaiting != null || joiners != null;
    }

    private boolean startedHaveEnded() {
        return unfinishedStarted.get() == 0;
    }

    private static void unpark(@Nullable Waiter waiters) {
        for (var waiter = waiters; waiter != null; waiter = waiter.next) {
            waiter.activity.scheduler().unpark(waiter.activity);
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
        var reason = Memory.insist(self, CompletionOrder::reasonToClose);
        var joiner = Memory.insist(self, Waiter::new);
        Waiter unparked;
        lock.lock();
        try {
            joiner.next = joiners;
            joiners = joiner;
            isAwaited = true; // before who arrives is looked at for the last time
            takeInLocked();
            unparked = takeTold();
        } finally {
            lock.taken = false;
        }
        unpark(unparked);
        if (!startedHaveEnded()) {
            stopOnce(reason, null);
            self.join(this);
        }
        for (var i = 0; i < watched.size(); i++) {
            watched.get(i).remove(watches.get(i));
        }
        closeScope();
        reportUnseen();
    }

    private static Cancellation reasonToClose(Activity self) {
        return new Cancellation(
                "asCompleted was closed",
                self.describe(),
                Deadline.ofNanos(self.scheduler().nanoTime()));
    }

    /** Failures of what was started here and will not be delivered any more. */
    private void reportUnseen() {
        Arrival<T> unseen;
        lock.lock();
        try {
            unseen = ended.first;
        } finally {
            lock.taken = false;
        }
        for (; unseen != null; unseen = unseen.next) {
            var task = unseen.task;
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
    public void forEachJoined(Consumer<? super TaskImpl<?>> action) {
        forEachChild(action);
    }

    @Override
    public boolean isReady() {
        return startedHaveEnded();
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

    /** How many completions are not bound to a task. */
    private int countLeft() {
        lock.lock();
        try {
            return size - bound;
        } finally {
            lock.taken = false;
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

        /** Those that are not yet to be unparked. */
        private @Nullable Waiter awaiters;

        /** How many have entered and not left. */
        private int takers;

        /** Somebody has got what this is bound to. */
        private boolean isKept;

        /** Whether this stands among those that wait, between these two. */
        private boolean isWaiting;

        private @Nullable Slot<T> before;
        private @Nullable Slot<T> after;

        private volatile @Nullable Arrival<T> arrival;

        Slot(CompletionOrder<T, ?> order) {
            this.order = order;
        }

        /** @return null if the deadline came first */
        final @Nullable TaskImpl<T> take() throws InterruptedException {
            var self = order.self();
            self.checkpoint();
            StackReserve.forCall();
            var waiter = new Waiter(self);
            if (enter(waiter)) {
                var kept = false;
                try {
                    self.waitFor(this, order.deadlineNanos);
                    kept = true;
                } finally {
                    leave(waiter, kept);
                }
            }
            var taken = arrival;
            return taken == null ? null : taken.task;
        }

        /** Binds this if it can be; else {@code waiter} is to wait. */
        private boolean enter(Waiter waiter) {
            boolean waits;
            Waiter unparked;
            order.lock.lock();
            try {
                if (order.ended.first == null) {
                    order.takeInLocked();
                }
                if (arrival == null) {
                    var next = order.ended.poll();
                    if (next != null) {
                        order.bind(this, next);
                    }
                }
                waits = arrival == null;
                isKept |= !waits;
                if (waits) {
                    waiter.next = awaiters;
                    awaiters = waiter;
                    takers++;
                    if (!isWaiting) {
                        order.enterWaiting(this);
                    }
                    order.note();
                    order.takeInLocked();
                }
                unparked = order.takeTold();
            } finally {
                order.lock.taken = false;
            }
            unpark(unparked);
            return waits;
        }

        private void leave(Waiter waiter, boolean kept) {
            Waiter unparked;
            order.lock.lock();
            try {
                awaiters = without(awaiters, waiter);
                isKept |= kept && arrival != null;
                if (--takers == 0) {
                    if (isWaiting) {
                        order.leaveWaiting(this);
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
            unpark(unparked);
        }

        /** With the lock held: nobody has seen what this was bound to. */
        private void giveBack() {
            var unseen = arrival;
            if (unseen == null) {
                return;
            }
            arrival = null;
            order.bound--;
            var heir = order.firstWaiting;
            if (heir == null) {
                order.ended.addFirst(unseen);
            } else {
                order.leaveWaiting(heir);
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
