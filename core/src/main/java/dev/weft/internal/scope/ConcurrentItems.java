package dev.weft.internal.scope;

import dev.weft.Cancellation;
import dev.weft.ItemBody;
import dev.weft.internal.api.Cancellations;
import dev.weft.internal.failure.DistinctFailures;
import dev.weft.internal.failure.Foreign;
import dev.weft.internal.runtime.Fields;
import dev.weft.internal.runtime.Memory;
import dev.weft.internal.runtime.Scheduler;
import dev.weft.internal.runtime.SharedThreads;
import dev.weft.internal.runtime.Sizes;
import dev.weft.internal.runtime.Strand;
import dev.weft.internal.task.Awaitable;
import dev.weft.internal.task.Scope;
import dev.weft.internal.task.StructuredStrand;
import dev.weft.internal.task.Suppression;
import dev.weft.internal.task.TaskImpl;
import dev.weft.internal.task.TaskNumbers;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * {@code mapConcurrent} and {@code forEachConcurrent}: the caller's thread draws items and starts a task for each, as
 * long as fewer than the limit run.
 */
public final class ConcurrentItems<A extends @Nullable Object, B extends @Nullable Object> extends Scope
        implements Awaitable, SharedThreads.Sharing {

    private static final int FIRST_PLACES = Sizes.of(16, 1);

    /**
     * As many are drawn before those that wait for a thread have their turn, and a request to stop reaches the call.
     */
    private static final int WAVE = Sizes.of(64, 1);

    private static final VarHandle PLACE = MethodHandles.arrayElementVarHandle(TaskImpl[].class);
    private static final VarHandle ENDED = Fields.handle(MethodHandles.lookup(), "ended", TaskImpl.class);

    private final int limit;
    private final ItemBody<? super A, ? extends B, ?> body;

    /**
     * The tasks that run, or have ended and were not collected yet; null in a free place. Written by the parent's
     * thread.
     */
    private volatile @Nullable TaskImpl<?>[] places;

    /**
     * The free places, of which there are {@code places.length - running}. Parent's thread only, as the next one is.
     */
    private int[] free;

    /** Those that have ended and were not collected among them. */
    private int running;

    /** The last one to end, linked to those before it: put there by each, taken by the parent all at once. */
    private volatile @Nullable TaskImpl<?> ended;

    /** Those that the tasks share; null if each has a thread of its own. */
    private final @Nullable SharedThreads threads;

    /** Whether to unpark the parent once it has something to do. Set by the parent, cleared by who unparks it. */
    private volatile boolean isAwaited;

    /** Guarded by itself. */
    private final DistinctFailures failures = new DistinctFailures();

    private ConcurrentItems(int limit, ItemBody<? super A, ? extends B, ?> body) {
        super(StructuredStrand.current());
        this.limit = limit;
        this.body = body;
        this.places = new TaskImpl<?>[0];
        this.free = new int[0];
        this.threads = parent.scheduler().shareThreads(this);
    }

    public static <A extends @Nullable Object, B extends @Nullable Object> List<B> map(
            Iterator<? extends A> items, int limit, ItemBody<? super A, ? extends B, ?> body)
            throws InterruptedException {
        var results = new ArrayList<B>();
        var tasks = new ArrayDeque<TaskImpl<B>>();
        new ConcurrentItems<A, B>(limit, body).run(items, task -> {
            tasks.add(task);
            drain(tasks, results);
        });
        drain(tasks, results);
        return Collections.unmodifiableList(results);
    }

    /**
     * Moves the results of the first tasks over, so that no more tasks are kept than those that wait for a slow one.
     */
    private static <B extends @Nullable Object> void drain(ArrayDeque<TaskImpl<B>> tasks, List<B> results) {
        for (var task = tasks.peek(); task != null && task.hasSucceeded(); task = tasks.peek()) {
            results.add(task.result());
            tasks.remove();
        }
    }

    public static <A extends @Nullable Object> void forEach(
            Iterator<? extends A> items, int limit, ItemBody<? super A, ? extends @Nullable Object, ?> body)
            throws InterruptedException {
        new ConcurrentItems<A, @Nullable Object>(limit, body).run(items, task -> {});
    }

    private void run(Iterator<? extends A> items, Consumer<? super TaskImpl<B>> started) throws InterruptedException {
        parent.checkpoint();
        open();
        try {
            parent.call(() -> {
                startAll(items, started);
                return true;
            });
            while (running > 0) {
                parent.waitFor(this, Scheduler.NEVER);
                collect();
            }
        } catch (Throwable e) {
            stopOnce(Memory.insist(this, e, ConcurrentItems::reasonOf), null);
            while (running > 0) {
                parent.join(this);
                collect();
            }
            Suppression.addAll(e, allFailures());
            throw e;
        } finally {
            closeScope();
        }
        throwFailures();
    }

    private void startAll(Iterator<? extends A> items, Consumer<? super TaskImpl<B>> started)
            throws InterruptedException {
        var createdNanos = openedNanos;
        var drawn = 0;
        TaskImpl<B> last = null;
        while (!isStopping() && items.hasNext()) {
            if (running == places.length) {
                collect();
            }
            if (running == limit || (++drawn % WAVE == 0 && threads != null)) {
                letBegin(last);
                createdNanos = parent.scheduler().nanoTime();
            }
            if (isStopping()) {
                return;
            }
            A item = items.next();
            last = new TaskImpl<B>(parent, this, createdNanos, TaskNumbers.next(), () -> body.run(item));
            start(last);
            started.accept(last);
        }
        parent.letBegin(last);
    }

    /** Returns when there is room for one more. */
    private void letBegin(@Nullable TaskImpl<?> last) throws InterruptedException {
        parent.letBegin(last);
        if (running < limit) {
            parent.checkpoint();
        }
        while (running == limit) {
            parent.waitFor(this, Scheduler.NEVER);
            collect();
        }
    }

    private void start(TaskImpl<B> task) {
        put(task);
        if (threads == null) {
            task.start();
        } else {
            task.start(threads);
        }
        stopIfLate(task);
    }

    private void put(TaskImpl<?> task) {
        var before = places.length;
        if (running == before) {
            var size = Math.min(limit, Math.max(FIRST_PLACES, 2 * before));
            places = Arrays.copyOf(places, size);
            free = new int[size];
            for (var i = 0; i < size - before; i++) {
                free[i] = size - 1 - i;
            }
        }
        running++;
        task.place = free[places.length - running];
        PLACE.setVolatile(places, task.place, task);
    }

    /** Frees the places of those that have ended. Not for each item: all who end write the word that this reads. */
    private void collect() {
        var task = (TaskImpl<?>) ENDED.getAndSet(this, null);
        while (task != null) {
            var before = task.liveNext;
            task.liveNext = null;
            PLACE.setOpaque(places, task.place, null);
            free[places.length - running] = task.place;
            running--;
            task = before;
        }
    }

    @Override
    public void ended(TaskImpl<?> child) {
        try {
            if (!child.hasSucceeded()) {
                failed(child);
            }
        } finally {
            push(child);
        }
    }

    private void push(TaskImpl<?> child) {
        TaskImpl<?> before;
        do {
            before = ended;
            child.liveNext = before;
        } while (!ENDED.compareAndSet(this, before, child));
        if (threads != null) {
            unparkIfReady();
        } else if (before == null) {
            parent.scheduler().unpark(parent);
        }
    }

    @Override
    public @Nullable Strand strand(int place) {
        return (TaskImpl<?>) PLACE.getVolatile(places, place);
    }

    @Override
    public void taken() {
        unparkIfReady();
    }

    private void unparkIfReady() {
        if (isAwaited && hasEnded()) {
            isAwaited = false;
            parent.scheduler().unpark(parent);
        }
    }

    /**
     * Whether to collect those that have ended. While tasks wait for a thread, no thread is short of them: the parent
     * need not draw more, and draws many at once later.
     */
    private boolean hasEnded() {
        return ended != null && (threads == null || !threads.hasWaiting());
    }

    private void failed(TaskImpl<?> child) {
        Memory.insistOn(this, child, ConcurrentItems::keepFailures);
        if (!isStopping()) {
            stopOnce(Memory.insist(this, child, ConcurrentItems::reasonOf), child);
        }
    }

    private void keepFailures(TaskImpl<?> child) {
        var failed = child.failures();
        var kept = failed.isEmpty() && !isStopping() ? List.of(child.toThrow()) : failed;
        synchronized (failures) {
            kept.forEach(failures::add);
        }
    }

    private List<Throwable> allFailures() {
        synchronized (failures) {
            return failures.all();
        }
    }

    private Cancellation reasonOf(TaskImpl<?> failed) {
        return reason(failed.describe() + " failed");
    }

    private Cancellation reasonOf(Throwable thrown) {
        return thrown instanceof InterruptedException interrupted
                ? TaskImpl.reasonToStop(parent, interrupted)
                : reason(Foreign.text(thrown) + " while drawing the next item");
    }

    private Cancellation reason(String why) {
        return Cancellations.now(parent.scheduler(), why, "mapConcurrent of " + parent.describe());
    }

    private void throwFailures() {
        var all = allFailures();
        if (!all.isEmpty()) {
            throw GatherResults.rethrow(all, all::getFirst);
        }
    }

    @Override
    public void forEachAwaited(Consumer<? super TaskImpl<?>> action) {
        forEachChild(action);
    }

    @Override
    public void forEachJoined(Consumer<? super TaskImpl<?>> action) {
        forEachChild(action);
    }

    @Override
    public boolean isReady() {
        if (hasEnded()) {
            return true;
        }
        if (parent.thread() != Thread.currentThread()) {
            return false; // one that looks for circles, and is not to be unparked
        }
        isAwaited = true;
        return hasEnded();
    }

    @Override
    public void forEachChild(Consumer<? super TaskImpl<?>> action) {
        var seen = places;
        for (var i = 0; i < seen.length; i++) {
            var task = (TaskImpl<?>) PLACE.getVolatile(seen, i);
            if (task != null && !task.hasEnded()) {
                action.accept(task);
            }
        }
    }

    @Override
    public String kind() {
        return "mapConcurrent";
    }

    @Override
    public String toString() {
        return "mapConcurrent with limit " + limit;
    }
}
