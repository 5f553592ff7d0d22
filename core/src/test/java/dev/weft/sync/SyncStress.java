package dev.weft.sync;

import static dev.weft.Weft.createTask;
import static dev.weft.Weft.currentTask;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.waitUntil;
import static java.time.Duration.ZERO;

import dev.weft.ReturnWhen;
import dev.weft.Task;
import dev.weft.TestRuntime;
import dev.weft.VoidBody;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Workers that use a primitive while another task cancels them at random, and the books that must balance at the end.
 * {@code main} runs all of it with the number of operations that is given, ten million if none is.
 */
final class SyncStress {

    private static final int WORKERS = 6;

    private final TestRuntime runtime;
    private final int operations;
    private final long seed;
    private final Duration limit;
    private final AtomicLong interruptions = new AtomicLong();
    private volatile boolean over;

    /** {@code operations} are done within {@code limit}, or else it counts as a hang. */
    SyncStress(TestRuntime runtime, int operations, long seed, Duration limit) {
        this.runtime = runtime;
        this.operations = operations;
        this.seed = seed;
        this.limit = limit;
    }

    public static void main(String... args) throws Exception {
        var total = args.length == 0 ? 10_000_000 : Integer.parseInt(args[0]);
        for (var runtime : TestRuntime.all()) {
            var seed = System.nanoTime();
            var stress = new SyncStress(runtime, total / 8 + 1, seed, Duration.ofMinutes(30));
            var start = System.nanoTime();
            stress.lock(new Lock());
            stress.semaphore(new Semaphore(3), 3);
            stress.queue(new Queue<>(4));
            stress.conditions();
            IO.println(runtime + ", seed " + seed + ": " + 4L * stress.operations + " operations, "
                    + stress.interruptions() + " of them cancelled, in "
                    + Duration.ofNanos(System.nanoTime() - start).toMillis() + " ms: the books balance");
        }
    }

    /** How many operations were cut off by a cancellation. */
    long interruptions() {
        return interruptions.get();
    }

    /** One at a time, and nobody for ever. */
    void lock(Holdable lock) throws Exception {
        var inside = new AtomicInteger();
        var done = new AtomicInteger();
        storm(random -> {
            while (done.get() < operations) {
                attempt(() -> lock.with(() -> {
                    balance(inside.incrementAndGet() == 1, "two hold the lock");
                    try {
                        maybeYield(random);
                    } finally {
                        inside.decrementAndGet();
                        done.incrementAndGet();
                    }
                }));
            }
        });
        try (var _ = lock.hold()) {
            balance(inside.get() == 0, "somebody is still inside");
        }
    }

    /** At most so many at a time; all permits are back at the end. */
    void semaphore(Semaphore semaphore, int permits) throws Exception {
        var inside = new AtomicInteger();
        var done = new AtomicInteger();
        storm(random -> {
            while (done.get() < operations) {
                attempt(() -> semaphore.with(() -> {
                    balance(inside.incrementAndGet() <= permits, "more are inside than there are permits");
                    try {
                        maybeYield(random);
                    } finally {
                        inside.decrementAndGet();
                        done.incrementAndGet();
                    }
                }));
            }
        });
        balance(semaphore.availablePermits() == permits, "permits at the end: " + semaphore.availablePermits());
        balance(semaphore.snapshot().waiting() == 0, "somebody still waits");
    }

    /** Items in = items out + items dropped, each once; half of the operations put, half of them get. */
    void queue(Queue<Integer> queue) throws Exception {
        var count = operations / 2;
        var next = new AtomicInteger();
        var seen = new AtomicIntegerArray(count);
        var producing = new AtomicInteger(WORKERS / 2);
        var role = new AtomicInteger();
        var dropped = new AtomicInteger();
        storm(random -> {
            if (role.getAndIncrement() % 2 == 0) {
                for (var item = next.getAndIncrement(); item < count; item = next.getAndIncrement()) {
                    var mine = item;
                    while (!attempt(() -> queue.put(mine))) {
                        maybeYield(random);
                    }
                }
                if (producing.decrementAndGet() == 0) {
                    for (var item : queue.shutdownNow()) {
                        seen.incrementAndGet(item);
                        dropped.incrementAndGet();
                    }
                }
            } else {
                var open = new boolean[] {true};
                while (open[0]) {
                    attempt(() -> {
                        try {
                            seen.incrementAndGet(queue.get());
                        } catch (QueueShutDownException e) {
                            open[0] = false;
                        }
                    });
                }
            }
        });
        for (var i = 0; i < count; i++) {
            balance(seen.get(i) == 1, "item " + i + " came out " + seen.get(i) + " times");
        }
        balance(dropped.get() <= 4, "more were dropped than the queue holds");
    }

    /** A bounded counter on two conditions with single signals: a lost one makes it stand still. */
    void conditions() throws Exception {
        var lock = new Lock();
        var notFull = lock.newCondition();
        var notEmpty = lock.newCondition();
        var count = operations / 2;
        var level = new AtomicInteger();
        var in = new AtomicInteger();
        var out = new AtomicInteger();
        var role = new AtomicInteger();
        storm(random -> {
            var fills = role.getAndIncrement() % 2 == 0;
            var over = new boolean[1];
            while (!over[0]) {
                attempt(() -> lock.with(() -> {
                    var moved = fills ? in : out;
                    var mayMove = fills ? notFull : notEmpty;
                    mayMove.awaitUntil(() -> moved.get() == count || (fills ? level.get() < 2 : level.get() > 0));
                    if (moved.get() == count) {
                        over[0] = true;
                        mayMove.signal(); // the next one is to find that out too
                        return;
                    }
                    moved.incrementAndGet();
                    level.addAndGet(fills ? 1 : -1);
                    (fills ? notEmpty : notFull).signal();
                    if (moved.get() == count) {
                        mayMove.signal();
                    }
                }));
            }
        });
        balance(in.get() == count && out.get() == count && level.get() == 0, "in " + in + ", out " + out);
    }

    private interface Worker {
        void work(Random random) throws Exception;
    }

    private void storm(Worker worker) throws Exception {
        over = false;
        var begun = new AtomicInteger();
        runtime.run(() -> {
            var tasks = new ArrayList<Task<?>>();
            for (var i = 0; i < WORKERS; i++) {
                var random = new Random(seed + i);
                tasks.add(createTask("worker-" + i, () -> {
                    begun.incrementAndGet();
                    worker.work(random);
                }));
            }
            var canceller = createTask("canceller", () -> {
                while (begun.get() < WORKERS) { // who is cancelled before never does its part
                    sleep(ZERO);
                }
                cancelAtRandom(tasks, new Random(seed - 1));
            });
            var pending = waitUntil(ReturnWhen.FIRST_EXCEPTION, tasks, limit).pending();
            over = true;
            canceller.cancel();
            pending.forEach(Task::cancel);
            waitUntil(ReturnWhen.ALL_COMPLETED, tasks);
            for (var task : tasks) {
                if (task.state() == Future.State.FAILED) {
                    task.await();
                }
            }
            balance(pending.isEmpty(), "it stands still: " + pending);
        });
    }

    private void cancelAtRandom(List<Task<?>> tasks, Random random) throws InterruptedException {
        while (!over) {
            tasks.get(random.nextInt(tasks.size())).cancel();
            for (var i = random.nextInt(8); i >= 0; i--) {
                sleep(ZERO);
            }
        }
    }

    /** @return false if it was cancelled */
    private boolean attempt(VoidBody<? extends Exception> operation) throws Exception {
        try {
            operation.execute();
            return true;
        } catch (InterruptedException e) {
            if (over) {
                throw e;
            }
            interruptions.incrementAndGet();
            var self = currentTask().orElseThrow();
            while (self.uncancel() > 0) {
                // all that have come are answered by this
            }
            return false;
        }
    }

    private void maybeYield(Random random) throws Exception {
        if (random.nextInt(4) == 0) {
            attempt(() -> sleep(ZERO));
        }
    }

    private void balance(boolean balances, String otherwise) {
        if (!balances) {
            throw new AssertionError(otherwise + "; " + description());
        }
    }

    private String description() {
        return runtime + ", seed " + seed;
    }
}
