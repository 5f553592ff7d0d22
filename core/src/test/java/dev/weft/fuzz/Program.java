package dev.weft.fuzz;

import dev.weft.Body;
import dev.weft.Outcome;
import dev.weft.Task;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A random program: bodies of a few steps each, which start other bodies in every way that Weft offers, fail with
 * hostile exceptions, and cancel each other. The same seed is the same program; what it comes to depends on the
 * runtime.
 *
 * <p>A body awaits only tasks of its own making, and waits for anything else within a time limit only, so that a
 * program always ends.
 */
final class Program {

    private static final int MAX_DEPTH = 4;
    private static final int MAX_OPERATIONS = 120;
    private static final int TASKS = 16;

    final Ledger ledger;
    final SharedObjects shared;

    /** Whether a run is around it, so that there can be background tasks. */
    final boolean inRun;

    /** Some of the tasks, to be cancelled by others. */
    private final AtomicReferenceArray<Task<?>> tasks = new AtomicReferenceArray<>(TASKS);

    private final Random seed;

    Program(long seed, Ledger ledger, boolean inRun) {
        this.seed = new Random(seed);
        this.ledger = ledger;
        this.inRun = inRun;
        this.shared = new SharedObjects(this.seed);
    }

    /** Runs the main body. */
    Integer run() throws Exception {
        return body(seed, 0, true).run();
    }

    /**
     * A body.
     *
     * @param counts whether its failures must be seen: those of a racer that loses need not be
     */
    Body<Integer, Exception> body(Random random, int depth, boolean counts) {
        var seed = random.nextLong();
        return () -> {
            ledger.begun();
            try {
                return act(new Random(seed), depth, counts);
            } finally {
                ledger.ended();
            }
        };
    }

    private Integer act(Random random, int depth, boolean counts) throws Exception {
        for (var left = random.nextInt(4); left >= 0; left--) {
            ledger.operation();
            var catches = random.nextInt(3) == 0;
            try {
                step(random, depth, counts);
            } catch (Throwable e) {
                if (!catches) {
                    throw e;
                }
                ledger.seen(e);
            }
        }
        if (random.nextInt(6) == 0) {
            throw fail(random, counts);
        }
        return depth;
    }

    private void step(Random random, int depth, boolean counts) throws Exception {
        var here = new Step(this, random, depth + 1, counts);
        var isLeaf = depth >= MAX_DEPTH || ledger.operations() > MAX_OPERATIONS;
        switch (random.nextInt(isLeaf ? 3 : 9)) {
            case 0 -> Waits.random(here);
            case 1 -> Syncs.random(here);
            case 2 -> cancelAny(random);
            case 3, 4 -> Blocks.random(here);
            case 5 -> Background.random(here);
            default -> Calls.random(here);
        }
    }

    /** An exception for a body to throw. */
    Exception fail(Random random, boolean counts) throws Exception {
        var failure = HostileExceptions.random(random);
        if (counts && !HostileExceptions.looksLikeAnInterrupt(failure)) {
            ledger.thrown(failure);
        }
        if (failure instanceof Error error) {
            throw error;
        }
        return (Exception) failure;
    }

    /** Lets others cancel {@code task}. */
    <T> Task<T> offer(Random random, Task<T> task) {
        tasks.set(random.nextInt(TASKS), task);
        return task;
    }

    void cancelAny(Random random) {
        var task = tasks.get(random.nextInt(TASKS));
        if (task == null) {
            return;
        }
        if (random.nextInt(6) == 0) {
            task.uncancel();
        } else if (!task.cancel(HostileObjects.reason(random))) {
            look(task); // a cancel that comes too late counts as having looked
        }
    }

    /** Sees how {@code task} ended, if it has. */
    void look(Task<?> task) {
        if (task.isDone()) {
            switch (task.outcome()) {
                case Outcome.Failure<?>(var exception) -> ledger.seen(exception);
                case Outcome.Cancelled<?>(var cancellation, var exception) -> {
                    if (exception != null) {
                        ledger.seen(exception);
                    }
                }
                case Outcome.Success<?> success -> {}
            }
        }
    }

    /** A time that is over soon; none now and then. */
    static Duration soon(Random random) {
        return Duration.ofNanos(random.nextInt(5) == 0 ? 0 : random.nextInt(300_000));
    }
}
