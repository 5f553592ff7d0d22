package dev.weft;

import static dev.weft.Weft.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.internal.task.CallerStrand;
import dev.weft.sync.Condition;
import dev.weft.sync.Event;
import dev.weft.sync.Lock;
import dev.weft.sync.Queue;
import dev.weft.sync.Semaphore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Calls of Weft at every depth of a small stack, down to where it overflows. Afterwards nothing is locked, everything
 * has ended, and what was granted has arrived.
 */
@Tag("races")
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OverflowStressTest {

    private static final int ROUNDS = Integer.getInteger("weft.overflow.rounds", 20);
    private static final int STACK = 320_000;

    /** So that the overflow comes at other places. */
    private static final int OFFSETS = 61;

    /** How many calls, at least, before each overflow: enough for the reserve that is asked for first, and more. */
    private static final int CALLS = 600;

    private static final Duration LONG = Duration.ofHours(1);

    private interface Step {
        void run(int depth) throws Exception;
    }

    private final AtomicInteger overflows = new AtomicInteger();

    /** Runs {@code step} deeper and deeper, until the stack overflows; again and again. */
    private void overflow(Step step, Step check) throws Exception {
        var failure = new AtomicReference<Throwable>();
        var thread = new Thread(
                null,
                () -> {
                    for (var i = 0; i < ROUNDS && failure.get() == null; i++) {
                        try {
                            deeper(i % OFFSETS, step);
                        } catch (StackOverflowError e) {
                            overflows.incrementAndGet();
                        } catch (Throwable e) {
                            if (!isOverflow(e)) {
                                failure.set(e);
                            }
                        }
                        try {
                            check.run(i);
                        } catch (Throwable e) {
                            failure.compareAndSet(null, e);
                        }
                    }
                },
                "overflowing",
                STACK);
        thread.setDaemon(true);
        thread.start();
        thread.join(TimeUnit.SECONDS.toMillis(100));
        if (thread.isAlive()) {
            var where = new AssertionError("hangs after " + overflows + " overflows");
            where.setStackTrace(thread.getStackTrace());
            throw where;
        }
        if (failure.get() != null) {
            throw new AssertionError(failure.get());
        }
        assertThat(overflows).hasPositiveValue();
        assertThat(CallerStrand.inCalls()).extracting(CallerStrand::thread).doesNotContain(thread);
    }

    /** Also one in a task, and one that kept a class from being loaded. */
    private static boolean isOverflow(Throwable e) {
        for (var cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof StackOverflowError) {
                return true;
            }
        }
        return false;
    }

    /** The calls near the bottom are made only: to find it, the stack overflows once before. */
    private static void deeper(int offset, Step step) throws Exception {
        var deepest = new int[1];
        try {
            deeper(offset, offset, offset, depth -> deepest[0] = depth);
        } catch (StackOverflowError e) {
            // as it should
        }
        deeper(offset, offset, offset, depth -> {
            if (depth == 0 || depth > deepest[0] - CALLS) {
                step.run(depth);
            }
        });
    }

    private static int deeper(int offset, long a, long b, Step step) throws Exception {
        return offset > 0 ? deeper(offset - 1, a + 1, b + 2, step) + (int) (a ^ b) : down(0, step);
    }

    @SuppressWarnings("InfiniteRecursion") // until the stack is full
    private static int down(int depth, Step step) throws Exception {
        step.run(depth);
        return down(depth + 1, step) + 1;
    }

    /** From another thread: what is locked would hang there. */
    private static <T> T elsewhere(java.util.concurrent.Callable<T> call) throws Exception {
        return CompletableFuture.supplyAsync(() -> {
                    try {
                        return call.call();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                })
                .get(60, TimeUnit.SECONDS);
    }

    @Test
    void h1_timeoutsOneInAnother() throws Exception {
        overflow(depth -> nest(), round -> timeout(LONG, () -> {}));
    }

    private static int nest() throws Exception {
        return timeout(LONG, OverflowStressTest::nest) + 1;
    }

    @Test
    void h1_timeoutsOfATaskOneInAnother() throws Exception {
        overflow(
                depth -> {
                    if (depth == 0) {
                        gather(() -> 1, () -> nest());
                    }
                },
                round -> timeout(LONG, () -> {}));
    }

    @Test
    void h1_queue() throws Exception {
        var queue = new Queue<Integer>();
        overflow(
                depth -> {
                    queue.putNowait(depth);
                    queue.putNowait(depth);
                    queue.getNowait();
                    queue.taskDone();
                },
                round -> elsewhere(queue::size));
    }

    @Test
    void h1_lockAndSemaphore() throws Exception {
        var lock = new Lock();
        var semaphore = new Semaphore(1);
        overflow(
                depth -> {
                    lock.with(() -> {});
                    semaphore.with(() -> {});
                },
                round -> {
                    assertThat(lock.isLocked()).isFalse();
                    assertThat(elsewhere(semaphore::snapshot).permits()).isEqualTo(1);
                });
    }

    /** What is granted arrives: every waiter is woken up, or the one who grants gets the error and has not granted. */
    @Test
    void h1_wakingUpWaiters() throws Exception {
        var from = new Queue<Integer>();
        var passed = new AtomicInteger();
        var taker = Thread.ofVirtual().start(() -> {
            try {
                for (; ; ) {
                    from.get();
                    passed.incrementAndGet();
                }
            } catch (InterruptedException e) {
                // over
            }
        });
        var put = new AtomicInteger();
        overflow(
                depth -> {
                    from.putNowait(depth);
                    put.incrementAndGet();
                },
                round -> {
                    // a put that has thrown may have put all the same
                    while (passed.get() < put.get()) {
                        Thread.onSpinWait();
                    }
                    assertThat(elsewhere(from::size)).isZero();
                });
        taker.interrupt();
        taker.join();
    }

    @Test
    void h1_conditionAndEvent() throws Exception {
        var condition = new Condition();
        var event = new Event();
        overflow(
                depth -> {
                    event.set();
                    event.await();
                    event.clear();
                    condition.with(condition::signalAll);
                },
                round -> {
                    assertThat(condition.lock().isLocked()).isFalse();
                    elsewhere(event::snapshot);
                });
    }

    @Test
    void h1_gatherAndGroup() throws Exception {
        overflow(
                depth -> {
                    gather(() -> 1, () -> 2);
                    taskGroup(group -> {
                        group.createTask(() -> 1);
                    });
                },
                round -> assertThat(gather(() -> 1, () -> 2)).containsExactly(1, 2));
    }

    @Test
    void h1_groupsOneInAnother() throws Exception {
        overflow(depth -> groups(), round -> taskGroup(group -> {}));
    }

    private static void groups() throws Exception {
        taskGroup(group -> {
            group.createTask(() -> sleep(LONG));
            groups();
        });
    }

    @Test
    void h1_asCompletedAndItems() throws Exception {
        overflow(
                depth -> {
                    try (var all = asCompleted(List.<Body<Integer, Exception>>of(() -> 1, () -> 2))) {
                        for (var next : all) {
                            next.await();
                        }
                    }
                    mapConcurrent(List.of(1, 2), 2, item -> item);
                },
                round -> assertThat(mapConcurrent(List.of(1, 2), 2, item -> item))
                        .containsExactly(1, 2));
    }

    @OnEveryRuntime
    @NotSimulated("needs threads with small stacks")
    void h1_cancelOfTasksOfARun(TestRuntime runtime) throws Exception {
        var problems = new java.util.concurrent.CopyOnWriteArrayList<Problem>();
        runtime.run(problems, () -> {
            var task = createTask("cancelled again and again", () -> {
                for (var stop = false; !stop; ) {
                    try {
                        sleep(LONG);
                    } catch (CancelledException e) {
                        stop = "stop".equals(e.cancellation().reason());
                    }
                }
            });
            sleep(Duration.ZERO);
            Weft.<Exception>blocking(() -> overflow(
                    depth -> {
                        task.cancel("again");
                        task.onDone(ended -> {}).remove(); // or each text of the task, which counts them, takes longer
                        var _ = task.toString();
                    },
                    round -> elsewhere(task::toString)));
            task.cancel("stop");
            Tasks.join(task);
        });
        assertThat(problems).isEmpty();
    }

    @OnEveryRuntime
    @NotSimulated("needs a stack that overflows")
    void h1_overflowInATask_isItsFailure(TestRuntime runtime) throws Exception {
        for (var i = 0; i < ROUNDS / 8; i++) {
            var offset = i;
            runtime.run(() -> {
                var failing = createTask(() -> {
                    deeper(offset % OFFSETS, depth -> {
                        timeout(LONG, () -> sleep(Duration.ZERO));
                        gather(() -> 1);
                    });
                    return 0;
                });
                Tasks.join(failing);
                assertThat(failing.exception())
                        .satisfies(e -> assertThat(isOverflow(e)).isTrue());
            });
        }
    }
}
