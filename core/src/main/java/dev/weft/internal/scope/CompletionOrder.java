package dev.weft.internal.scope;

import dev.weft.AsCompleted;
import dev.weft.Body;
import dev.weft.Cancellation;
import dev.weft.Completion;
import dev.weft.DeadlineExceededException;
import dev.weft.Task;
import dev.weft.TimedCompletion;
import dev.weft.internal.api.Api;
import dev.weft.internal.api.Cancellations;
import dev.weft.internal.block.Shield;
import dev.weft.internal.runtime.BriefLock;
import dev.weft.internal.runtime.Durations;
import dev.weft.internal.runtime.Fields;
import dev.weft.internal.runtime.Memory;
import dev.weft.internal.runtime.Scheduler;
import dev.weft.internal.task.Awaitable;
import dev.weft.internal.task.CallerStrand;
import dev.weft.internal.task.Deadlines;
import dev.weft.internal.task.Scope;
import dev.weft.internal.task.StructuredStrand;
import dev.weft.internal.task.TaskImpl;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * {@code asCompleted}: hands the tasks on in the order in which they end, each to the completion that has waited
 * longest.
 */
public final class CompletionOrder<T extends @Nullable Object, C> extends Scope implements AsCompleted<C>, Awaitable {

    private static final VarHandle ARRIVED = Fields.handle(MethodHandles.lookup(), "arrived", Arrivals.Arrival.class);

    private static final VarHandle UNFINISHED = Fields.handle(MethodHandles.lookup(), "unfinishedStarted", int.class);

    final long deadlineNanos;
    private final String description;
    private final WatchedTasks watched = new WatchedTasks();
    private final Iterator<C> iterator;
    private int size;

    /** Null as long as nothing is begun. */
    private @Nullable StartedBodies<T> started;

    /** Of those that are made here and not taken in; and one for {@link #begin}. Written under the lock. */
    private volatile int unfinishedStarted = 1;

    /** Put there by who has ended it; taken in under the lock, by who looks for one, or else by the former. */
    private volatile Arrivals.@Nullable Arrival<T> arrived;

    /** Whether anybody waits for what arrives. Written under the lock, before who waits takes in for the last time. */
    private volatile boolean isAwaited;

    /** Guards all below. */
    final BriefLock lock = new BriefLock();

    /** They wait for the end of all that were started here. */
    private @Nullable CompletionWaiter joiners;

    /** To be unparked when the lock has been released. */
    private @Nullable CompletionWaiter told;

    /** Ended and not handed on. */
    final Arrivals<T> ended = new Arrivals<>();

    /** How many have been handed on. */
    int bound;

    private int kept;

    /** Completions that are waited for and not bound yet. */
    final WaitingSlots<T> waiting = new WaitingSlots<>();

    private CompletionOrder(Function<CompletionOrder<T, C>, C> slots, Duration limit) {
        super(StructuredStrand.current());
        this.iterator = new CompletionIterator<>(this, slots);
        this.deadlineNanos = Durations.deadline(parent.scheduler(), limit);
        this.description = "asCompleted within " + Durations.format(limit);
    }

    public static <T extends @Nullable Object> AsCompleted<Completion<T>> untimed(
            Iterable<? extends Body<? extends T, ?>> bodies) {
        return new CompletionOrder<T, Completion<T>>(CompletionSlot.Untimed::new, Durations.FOREVER).begin(bodies);
    }

    public static <T extends @Nullable Object> AsCompleted<TimedCompletion<T>> timed(
            Iterable<? extends Body<? extends T, ?>> bodies, Duration limit) {
        Objects.requireNonNull(limit, "limit");
        return new CompletionOrder<T, TimedCompletion<T>>(CompletionSlot.Timed::new, limit).begin(bodies);
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
        var own = size - tasks.size();
        unfinishedStarted = own + 1;
        var bodyTasks = new StartedBodies<T>(this, size);
        started = bodyTasks;
        open();
        try {
            bodyTasks.begin(all);
        } catch (Throwable e) {
            finished(own - bodyTasks.countBegun() + 1);
            close(); // nobody else gets this, and could
            throw e;
        }
        finished(own - bodyTasks.countBegun() + 1);
        return this;
    }

    /** Hears of the end of a task that was not made here. */
    void watch(TaskImpl<T> task) {
        watched.add(task, done -> arrive(task));
    }

    /** That many ends less are to be waited for. */
    private void finished(int count) {
        CompletionWaiter unparked;
        lock.lock();
        try {
            UNFINISHED.setRelease(this, unfinishedStarted - count);
            takeInLocked();
            unparked = takeTold();
        } finally {
            lock.taken = false;
        }
        CompletionWaiter.unpark(unparked);
    }

    @Override
    @SuppressWarnings("unchecked") // the children are made above
    public void ended(TaskImpl<?> child) {
        arrive((TaskImpl<T>) child);
    }

    private void arrive(TaskImpl<T> task) {
        Arrivals.Arrival<T> arrival = Memory.insist(task, Arrivals.Arrival::new);
        do {
            arrival.next = arrived;
        } while (!ARRIVED.compareAndSet(this, arrival.next, arrival));
        if (isAwaited) {
            takeIn();
        }
    }

    private void takeIn() {
        CompletionWaiter unparked;
        lock.lock();
        try {
            takeInLocked();
            unparked = takeTold();
        } finally {
            lock.taken = false;
        }
        CompletionWaiter.unpark(unparked);
    }

    /** With the lock held: hands on what has arrived. */
    void takeInLocked() {
        @SuppressWarnings("unchecked") // the field has this type
        var last = (Arrivals.Arrival<T>) ARRIVED.getAndSet(this, null);
        Arrivals.Arrival<T> first = null;
        while (last != null) {
            var before = last.next;
            last.next = first;
            first = last;
            last = before;
        }
        var ends = 0;
        while (first != null) {
            var next = first.next;
            ends += handOn(first) ? 1 : 0;
            first = next;
        }
        UNFINISHED.setRelease(this, unfinishedStarted - ends);
        if (startedHaveEnded()) {
            tell(joiners);
            joiners = null;
        }
        note();
    }

    /** Whether it was made here. */
    private boolean handOn(Arrivals.Arrival<T> arrival) {
        var task = arrival.task;
        var slot = waiting.first;
        if (slot == null) {
            ended.add(arrival);
        } else {
            waiting.remove(slot);
            bind(slot, arrival);
        }
        if (started == null || task.owner() != this) {
            return false;
        }
        started.forget(task.place);
        return true;
    }

    /** With the lock held. */
    void bind(CompletionSlot<T> slot, Arrivals.Arrival<T> arrival) {
        slot.arrival = arrival;
        tell(slot.awaiters);
        slot.awaiters = null;
        bound++;
    }

    /** With the lock held. When somebody has got the last one there is nothing left to see to at the caller's end. */
    void oneKept() {
        if (++kept == size) {
            markClosed();
        }
    }

    /** With the lock held: they stand in no list any more. */
    private void tell(@Nullable CompletionWaiter first) {
        for (var waiter = first; waiter != null; ) {
            var next = waiter.next;
            waiter.next = told;
            told = waiter;
            waiter = next;
        }
    }

    @Nullable
    CompletionWaiter takeTold() {
        var taken = told;
        told = null;
        return taken;
    }

    /** With the lock held, after each change. */
    void note() {
        var awaited = waiting.first != null || joiners != null;
        if (isAwaited != awaited) {
            isAwaited = awaited;
        }
    }

    private boolean startedHaveEnded() {
        return unfinishedStarted == 0;
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
        var self = Memory.insist(StructuredStrand::current);
        var reason = Memory.insist(self, CompletionOrder::reasonToClose);
        var joiner = Memory.insist(self, CompletionWaiter::new);
        CompletionWaiter unparked;
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
        CompletionWaiter.unpark(unparked);
        if (!startedHaveEnded()) {
            stopOnce(reason, null);
            self.join(this);
        }
        watched.removeAll();
        closeScope();
        reportUnseen();
    }

    private static Cancellation reasonToClose(StructuredStrand self) {
        return Cancellations.now(self.scheduler(), "asCompleted was closed", self.describe());
    }

    /** Failures of what was started here and will not be delivered any more. */
    private void reportUnseen() {
        Arrivals.Arrival<T> unseen;
        lock.lock();
        try {
            unseen = ended.first;
        } finally {
            lock.taken = false;
        }
        if (unseen != null) {
            unseen.reportUnseenOf(this);
        }
    }

    @Override
    protected void abandon() {
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
    public Deadlines.@Nullable First limit() {
        return deadlineNanos == Scheduler.NEVER ? null : new Deadlines.First(deadlineNanos, description);
    }

    @Override
    public void forEachInvolved(Consumer<? super TaskImpl<?>> action) {
        forEachChild(action);
    }

    /** Its caller may leave it open, and its thread need not be the one that closes it. */
    @Override
    protected void entered() {
        if (parent instanceof CallerStrand) {
            UnclosedScopes.add(this);
        }
    }

    @Override
    protected void left() {
        if (parent instanceof CallerStrand) {
            UnclosedScopes.remove(this);
        }
    }

    int size() {
        return size;
    }

    /** How many completions are not bound to a task. */
    int countLeft() {
        lock.lock();
        try {
            return size - bound;
        } finally {
            lock.taken = false;
        }
    }

    /** Also what was given, and is not known to have ended. */
    void forEachUnfinished(Consumer<? super TaskImpl<?>> action) {
        forEachChild(action);
        watched.forEachUnfinished(action);
    }

    @Override
    public void forEachChild(Consumer<? super TaskImpl<?>> action) {
        if (started != null) {
            started.forEachUnended(action);
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

    DeadlineExceededException exceeded() {
        return Api.exceeded(Api.deadline(deadlineNanos), description);
    }
}
