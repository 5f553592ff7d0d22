package dev.weft;

import static dev.weft.Weft.blocking;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.currentRun;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.mapConcurrent;
import static dev.weft.Weft.race;
import static dev.weft.Weft.settle;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.taskGroup;
import static dev.weft.Weft.timeout;
import static dev.weft.Weft.waitUntil;

import dev.weft.internal.api.Bodies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A random program on an event loop, and a thread from outside that disturbs it. Tasks await only such as were made
 * after them, so that no cycle can be.
 */
final class RandomPrograms {

    private static final int MAX_TASKS = 150;

    private final long seed;
    private final AtomicInteger tasks = new AtomicInteger();
    private final List<Task<?>> made = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedQueue<String> violations = new ConcurrentLinkedQueue<>();
    private volatile Run run;
    private volatile boolean stopped;

    /** How many tasks are in turn: never more than one. Plain, as all is that only tasks in turn touch. */
    private int inTurn;

    private int begun;
    private int ended;

    RandomPrograms(long seed) {
        this.seed = seed;
    }

    List<String> violations() {
        return List.copyOf(violations);
    }

    void stop() {
        stopped = true;
    }

    /** Runs the program. */
    void run() throws InterruptedException {
        try (var runner = Runner.builder()
                .runtime(WeftRuntime::eventLoop)
                .signals(false)
                .onProblem(problem -> {})
                .build()) {
            runner.run(() -> {
                run = currentRun();
                act(new Random(seed), 4);
                return null;
            });
        } catch (Exception e) {
            // main may fail, or be cancelled: so be it
        }
        if (inTurn != 0 || begun != ended) {
            violations.add(begun + " have begun, " + ended + " have ended, in turn are " + inTurn);
        }
    }

    /** A task: some actions, in which anything can happen, and sometimes an end with an exception. */
    private void act(Random random, int depth) throws Exception {
        threads.add(Thread.currentThread());
        turn(() -> begun++);
        try {
            for (var left = 1 + random.nextInt(4); left > 0; left--) {
                turn(() -> {});
                try {
                    step(random, depth);
                } catch (InterruptedException e) {
                    if (random.nextBoolean()) {
                        throw e;
                    }
                } catch (Exception e) {
                    if (random.nextInt(4) == 0) {
                        throw e;
                    }
                }
                turn(() -> {});
            }
            if (random.nextInt(8) == 0) {
                throw new ArithmeticException("on purpose");
            }
        } finally {
            turn(() -> ended++);
        }
    }

    /** What is done between two waits: nobody else runs meanwhile. */
    private void turn(Runnable action) {
        if (++inTurn != 1) {
            violations.add("two tasks in turn at once");
        }
        action.run();
        for (var i = 0; i < 20; i++) {
            Thread.onSpinWait();
        }
        if (--inTurn != 0) {
            violations.add("another task was in turn meanwhile");
        }
    }

    private void step(Random random, int depth) throws Exception {
        var leaf = depth == 0 || tasks.get() > MAX_TASKS;
        switch (random.nextInt(leaf ? 6 : 14)) {
            case 0 -> sleep(Duration.ZERO);
            case 1 -> sleep(Duration.ofNanos(random.nextInt(200_000)));
            case 2 -> blocking(() -> LockSupport.parkNanos(random.nextInt(50_000)));
            case 3 -> blocking(() -> sleep(Duration.ZERO));
            case 4 -> cancelAny(random);
            case 5 -> timeout(Duration.ofNanos(random.nextInt(100_000)), () -> sleep(Duration.ofMillis(1)));
            case 6 -> gather(body(random, depth), body(random, depth), body(random, depth));
            case 7 -> settle(Bodies.of(body(random, depth)), Bodies.of(body(random, depth)));
            case 8 -> race(Bodies.of(body(random, depth)), Bodies.of(body(random, depth)));
            case 9 -> group(random, depth);
            case 10 ->
                mapConcurrent(List.of(1, 2, 3, 4), 1 + random.nextInt(3), item -> {
                    body(random, depth).execute();
                    return item;
                });
            case 11 ->
                timeout(
                        Duration.ofNanos(random.nextInt(400_000)),
                        () -> body(random, depth).execute());
            case 12 -> background(random, depth);
            default -> blocking(() -> startEagerly(random, depth));
        }
    }

    /** The body of a new task with a random program of its own. */
    private VoidBody<Exception> body(Random random, int depth) {
        var bodySeed = random.nextLong();
        return () -> {
            tasks.incrementAndGet();
            act(new Random(bodySeed), depth - 1);
        };
    }

    private void group(Random random, int depth) throws Exception {
        var options = random.nextBoolean() ? GroupOptions.failFast() : GroupOptions.supervisor();
        taskGroup(random.nextBoolean() ? options : options.limit(1 + random.nextInt(2)), group -> {
            var children = new ArrayList<Task<?>>();
            for (var left = random.nextInt(4); left >= 0; left--) {
                children.add(group.createTask(body(random, depth)));
            }
            made.addAll(children);
            if (random.nextInt(4) == 0) {
                children.getFirst().await();
            }
            if (random.nextInt(6) == 0) {
                group.cancel();
            }
        });
    }

    private void background(Random random, int depth) throws Exception {
        var task = createTask(body(random, depth));
        made.add(task);
        switch (random.nextInt(4)) {
            case 0 -> task.await();
            case 1 -> task.cancel();
            case 2 -> waitUntil(ReturnWhen.FIRST_COMPLETED, List.of(task), Duration.ofNanos(random.nextInt(100_000)));
            default -> startEagerly(random, depth);
        }
    }

    private void startEagerly(Random random, int depth) {
        made.add(createTask(TaskOptions.defaults().eagerStart(true), body(random, depth)));
    }

    private void cancelAny(Random random) {
        var all = List.copyOf(made);
        if (!all.isEmpty()) {
            all.get(random.nextInt(all.size())).cancel();
        }
    }

    // ---- from outside

    /** Submits, cancels and interrupts, until it is told to stop. */
    void disturb() {
        var random = new Random(seed + 1);
        while (!stopped) {
            var target = run;
            if (target != null) {
                switch (random.nextInt(3)) {
                    case 0 -> cancelAny(random);
                    case 1 -> interruptAny(random);
                    default -> submit(target, random);
                }
            }
            LockSupport.parkNanos(random.nextInt(200_000));
        }
    }

    private void interruptAny(Random random) {
        var all = List.copyOf(threads);
        if (!all.isEmpty()) {
            all.get(random.nextInt(all.size())).interrupt();
        }
    }

    private void submit(Run target, Random random) {
        if (tasks.get() < MAX_TASKS) {
            try {
                made.add(target.createTask(body(random, 2)));
            } catch (IllegalStateException e) {
                // the run has ended
            }
        }
    }
}
