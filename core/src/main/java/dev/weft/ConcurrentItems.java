package dev.weft;

import dev.weft.runtime.Scheduler;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * {@code mapConcurrent} and {@code forEachConcurrent}: the caller's thread draws items and starts a task for each, as
 * long as fewer than the limit run.
 */
final class ConcurrentItems<A extends @Nullable Object, B extends @Nullable Object> extends Scope implements Waitable {

    private final int limit;
    private final ItemBody<? super A, ? extends B, ?> body;
    private final LiveTasks live = new LiveTasks(parent.scheduler());
    private final AtomicInteger running = new AtomicInteger();

    /**
     * How many may run for the wait to end: one less than the limit, or none at last. Own thread, and those that it has
     * started since.
     */
    private volatile int waitsForAtMost;

    /** Why no more items are begun, and the others stop. */
    private volatile @Nullable Cancellation stopped;

    /** In the order of their coming. Guarded by itself. */
    private final List<Throwable> failures = new ArrayList<>();

    private ConcurrentItems(int limit, ItemBody<? super A, ? extends B, ?> body) {
        super(Activity.current());
        this.limit = limit;
        this.body = body;
        this.waitsForAtMost = limit - 1;
    }

    static <A extends @Nullable Object, B extends @Nullable Object> List<B> map(
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

    static <A extends @Nullable Object> void forEach(
            Iterator<? extends A> items, int limit, ItemBody<? super A, ? extends @Nullable Object, ?> body)
            throws InterruptedException {
        new ConcurrentItems<A, @Nullable Object>(limit, body).run(items, task -> {});
    }

    private void run(Iterator<? extends A> items, Consumer<? super TaskImpl<B>> started) throws InterruptedException {
        parent.checkpoint();
        open();
        try {
            startAll(items, started);
            waitsForAtMost = 0;
            parent.waitFor(this, Scheduler.NEVER);
        } catch (Throwable e) {
            stop(
                    e instanceof InterruptedException interrupted
                            ? TaskImpl.reasonToStop(parent, interrupted)
                            : reason(e + " while drawing the next item"));
            waitsForAtMost = 0;
            parent.join(this);
            synchronized (failures) {
                Suppression.addAll(e, failures);
            }
            throw e;
        } finally {
            closeScope();
        }
        throwFailures();
    }

    private void startAll(Iterator<? extends A> items, Consumer<? super TaskImpl<B>> started)
            throws InterruptedException {
        while (stopped == null && parent.call(items::hasNext)) {
            if (running.get() >= limit) {
                parent.waitFor(this, Scheduler.NEVER);
                if (stopped != null) {
                    return;
                }
            }
            A item = parent.call(items::next);
            var task = new TaskImpl<B>(parent, this, TaskOptions.defaults(), () -> body.run(item));
            running.incrementAndGet();
            live.add(task);
            task.start();
            var reason = stopped;
            if (reason != null) {
                task.request(new Request(reason));
            }
            started.accept(task);
        }
    }

    @Override
    public void ended(TaskImpl<?> child) {
        live.remove(child);
        if (!child.hasSucceeded()) {
            failed(child);
        }
        if (running.decrementAndGet() <= waitsForAtMost) {
            parent.scheduler().unpark(parent);
        }
    }

    private void failed(TaskImpl<?> child) {
        var failed = child.failures();
        synchronized (failures) {
            if (!failed.isEmpty()) {
                failures.addAll(failed);
            } else if (stopped == null) {
                failures.add(child.toThrow());
            }
        }
        stop(reason(child.describe() + " failed"));
    }

    private void stop(Cancellation reason) {
        if (stopped == null) {
            stopped = reason;
            live.forEach(child -> child.request(new Request(reason)));
        }
    }

    private Cancellation reason(String why) {
        return new Cancellation(
                why,
                "mapConcurrent of " + parent.describe(),
                Deadline.ofNanos(parent.scheduler().nanoTime()));
    }

    private void throwFailures() {
        synchronized (failures) {
            if (failures.isEmpty()) {
                return;
            }
            var first = failures.stream()
                    .filter(VirtualMachineError.class::isInstance)
                    .findFirst()
                    .orElse(failures.getFirst());
            Suppression.addAll(first, failures);
            throw Sneaky.rethrow(first);
        }
    }

    @Override
    public void forEachAwaited(Consumer<? super TaskImpl<?>> action) {
        live.forEach(action);
    }

    @Override
    public boolean isReady() {
        return running.get() <= waitsForAtMost;
    }

    @Override
    void forEachChild(Consumer<? super TaskImpl<?>> action) {
        live.forEach(action);
    }

    @Override
    public String toString() {
        return "mapConcurrent with limit " + limit;
    }
}
