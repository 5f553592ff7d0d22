package dev.weft.faults;

import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.abandonOnCancel;
import static dev.weft.Weft.asCompleted;
import static dev.weft.Weft.blocking;
import static dev.weft.Weft.cancellable;
import static dev.weft.Weft.closing;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.currentRun;
import static dev.weft.Weft.forEachConcurrent;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.mapConcurrent;
import static dev.weft.Weft.moveOnAfter;
import static dev.weft.Weft.onCancel;
import static dev.weft.Weft.race;
import static dev.weft.Weft.settle;
import static dev.weft.Weft.shield;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.taskGroup;
import static dev.weft.Weft.timeout;
import static dev.weft.Weft.uninterrupted;
import static dev.weft.Weft.waitFor;
import static dev.weft.Weft.waitUntil;

import dev.weft.Body;
import dev.weft.ExceptionGroup;
import dev.weft.GroupOptions;
import dev.weft.ReturnWhen;
import dev.weft.Runner;
import dev.weft.TaskOptions;
import dev.weft.Weft;
import dev.weft.WeftRuntime;
import dev.weft.sync.Attempts;
import dev.weft.sync.Barrier;
import dev.weft.sync.CapacityLimiter;
import dev.weft.sync.Condition;
import dev.weft.sync.Event;
import dev.weft.sync.Lock;
import dev.weft.sync.Queue;
import dev.weft.sync.RateLimiter;
import dev.weft.sync.RetryPolicy;
import dev.weft.sync.Semaphore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One of each construct, in a run. Called anew for each fault. */
public final class Scenario implements Callable<String> {

    private static final Duration SOON = Duration.ofMillis(1);

    private static final String GIVEN = " given";

    private final boolean isLoop;
    private final boolean isGiven;

    /** @param runtime {@code loop} or {@code parallel}, and {@code given} for the calls that are given tasks alone */
    public Scenario(String runtime) {
        this.isLoop = runtime.startsWith("loop");
        this.isGiven = runtime.endsWith(GIVEN);
    }

    /** @return what Weft still holds afterwards */
    @Override
    public String call() throws Exception {
        try (var runner = Runner.builder()
                .signals(false)
                .runtime(isLoop ? WeftRuntime::eventLoop : WeftRuntime::parallel)
                .onProblem(problem -> {})
                .build()) {
            if (isGiven) {
                runner.run(Scenario::given);
            } else {
                runner.run(Scenario::all);
            }
        }
        while (!Weft.abandonedCalls().isEmpty()) {
            Thread.onSpinWait(); // they have been interrupted
        }
        return Weft.dump().toString();
    }

    private static void all() throws Exception {
        limits();
        calls();
        failures();
        groups();
        groupsThatFail();
        synchronizers();
        moreSynchronizers();
        given();
        blocks();
        executor();
        createTask("left behind", () -> sleep(FOREVER));
        createTask("unobserved", () -> {
            throw new IllegalStateException("nobody looks");
        });
    }

    private interface Call {
        void run() throws Exception;
    }

    /** Ends by a failure of its own, or for want of memory. */
    private static void fails(Call call) throws Exception {
        try {
            call.run();
        } catch (IllegalStateException | ExceptionGroup e) {
            // as it should
        }
    }

    private static int fail() {
        throw new IllegalStateException("as it should");
    }

    private static void failures() throws Exception {
        fails(() -> gather(closing(() -> 1, value -> {}), () -> fail(), () -> sleep(FOREVER, 3)));
        fails(() -> forEachConcurrent(List.of(1, 2, 3, 4), 2, item -> {
            if (item == 3) {
                fail();
            } else {
                sleep(SOON);
            }
        }));
        fails(() -> race(() -> fail(), () -> fail()));
        fails(() -> Attempts.retry(RetryPolicy.attempts(2).delay(SOON), () -> fail()));
        try (var all = asCompleted(List.<Body<Integer, Exception>>of(() -> 1, () -> sleep(FOREVER, 2)))) {
            all.iterator().next().await();
        }
        moveOnAfter(SOON, () -> gather(() -> sleep(FOREVER, 1), () -> sleep(FOREVER, 2)));
        uninterrupted(() -> sleep(SOON));
    }

    private static void groupsThatFail() throws Exception {
        fails(() -> taskGroup(GroupOptions.failFast().limit(1), group -> {
            for (var i = 0; i < 3; i++) {
                group.createTask(() -> sleep(SOON));
            }
            group.createTask(() -> fail());
            group.createTask(() -> sleep(FOREVER));
        }));
        fails(() -> taskGroup(GroupOptions.supervisor((task, failure) -> {}), group -> {
            group.createTask(() -> fail());
            group.createTask(TaskOptions.named("eager").eagerStart(true), () -> sleep(SOON));
            group.start(ready -> {
                ready.set("value");
                sleep(SOON);
            });
        }));
        fails(() -> taskGroup(GroupOptions.supervisor(), group -> {
            group.createTask(() -> fail());
            group.createTask(() -> sleep(SOON)).onDone(ended -> fail());
        }));
        fails(() -> taskGroup(group -> {
            group.createTask(() -> sleep(FOREVER));
            fail();
        }));
    }

    private static void limits() throws Exception {
        try {
            gather(() -> timeout(SOON, () -> sleep(FOREVER, 1)), () -> sleep(FOREVER, 2));
        } catch (TimeoutException e) {
            // as it should
        }
        try {
            timeout(SOON, () -> timeout(FOREVER, () -> onCancel(() -> {}, () -> sleep(FOREVER))));
        } catch (TimeoutException e) {
            // as it should
        }
        shield(() -> sleep(SOON));
    }

    private static void calls() throws Exception {
        gather(() -> 1, () -> 2);
        settle(() -> 1, () -> {
            throw new IllegalStateException("settled");
        });
        race(() -> sleep(FOREVER, 1), () -> 2);
        mapConcurrent(List.of(1, 2, 3), 2, item -> item);
        try (var all = asCompleted(List.<Body<Integer, Exception>>of(() -> 1, () -> sleep(SOON, 2)))) {
            for (var next : all) {
                next.await();
            }
        }
        Attempts.hedge(SOON, () -> sleep(FOREVER, 1), () -> 2);
    }

    private static void groups() throws Exception {
        taskGroup(group -> {
            group.createTask(() -> mapConcurrent(List.of(1, 2, 3), 2, item -> item));
            group.createTask(() -> sleep(SOON));
            group.createTask(() -> sleep(FOREVER)).cancel();
        });
        var task = createTask("background", () -> sleep(SOON, 1));
        task.onDone(ended -> {});
        var future = task.toCompletableFuture();
        waitUntil(ReturnWhen.ALL_COMPLETED, List.of(task));
        Weft.await(future);
    }

    private static void given() throws Exception {
        var first = createTask(() -> sleep(SOON, 1));
        var second = createTask(() -> sleep(SOON, 2));
        gather(first, () -> 3, second);
        settle(first, createTask(() -> sleep(SOON, 4)), createTask(() -> fail()));
        race(createTask(() -> sleep(FOREVER, 1)), createTask(() -> sleep(SOON, 2)));
        fails(() -> gather(createTask(() -> sleep(FOREVER, 1)), createTask(() -> fail()), () -> sleep(FOREVER, 3)));
        try (var all = asCompleted(List.of(first, createTask(() -> sleep(SOON, 5))))) {
            for (var next : all) {
                next.await();
            }
        }
        var last = createTask(() -> sleep(SOON, 6));
        shield(last);
        waitFor(last, FOREVER);
    }

    private static void blocks() throws Exception {
        blocking(() -> Thread.sleep(SOON));
        abandonOnCancel(() -> Thread.sleep(SOON));
        moveOnAfter(
                SOON,
                () -> abandonOnCancel(() -> {
                    new CountDownLatch(1).await();
                    return 1;
                }));
        cancellable(scope -> {
            scope.cancel();
            return sleep(FOREVER, 1);
        });
    }

    private static void executor() throws Exception {
        var executor = currentRun().asExecutorService();
        executor.invokeAll(List.<Callable<Integer>>of(() -> 1, () -> sleep(SOON, 2)));
        executor.invokeAny(List.<Callable<Integer>>of(() -> 1, () -> sleep(SOON, 2)));
        executor.execute(() -> {});
        executor.submit(() -> sleep(FOREVER, 1));
        executor.shutdownNow();
        executor.awaitTermination(1, TimeUnit.HOURS);
    }

    private static void moreSynchronizers() throws Exception {
        var event = new Event();
        var barrier = new Barrier(2);
        var capacity = new CapacityLimiter(2);
        var rate = new RateLimiter(1000, Duration.ofSeconds(1), 1);
        gather(
                () -> {
                    event.await();
                    capacity.with(() -> sleep(SOON));
                    rate.acquire();
                    return barrier.await();
                },
                () -> {
                    sleep(SOON);
                    event.set();
                    try (var held = capacity.hold(2)) {
                        sleep(SOON);
                    }
                    rate.acquire();
                    return barrier.await();
                });
    }

    private static void synchronizers() throws Exception {
        var queue = new Queue<Integer>(2);
        var lock = new Lock();
        var condition = new Condition();
        var semaphore = new Semaphore(1);
        var ready = new boolean[1];
        gather(
                () -> {
                    for (var i = 0; i < 5; i++) {
                        queue.put(i);
                    }
                    lock.with(() -> sleep(SOON));
                    condition.with(() -> {
                        ready[0] = true;
                        condition.signalAll();
                    });
                    semaphore.with(() -> sleep(SOON));
                    return 1;
                },
                () -> {
                    for (var i = 0; i < 5; i++) {
                        queue.get();
                    }
                    lock.with(() -> sleep(SOON));
                    condition.with(() -> {
                        while (!ready[0]) {
                            condition.await();
                        }
                    });
                    semaphore.with(() -> sleep(SOON));
                    return 2;
                });
    }
}
