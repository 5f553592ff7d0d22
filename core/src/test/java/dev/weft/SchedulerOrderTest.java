package dev.weft;

import static dev.weft.Weft.createTask;
import static dev.weft.Weft.currentRun;
import static dev.weft.Weft.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.internal.task.WaitingStrand;
import dev.weft.sync.Condition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** EL: the order of an event loop, and what its timers and foreign threads leave. */
@Timeout(60)
class SchedulerOrderTest {

    @Test
    void el4_timersOfOneDeadlineGoOffInTheOrderOfTheirSetting() throws Exception {
        var runtime = WeftRuntime.eventLoop();
        try (var runner = Runner.builder().signals(false).runtime(() -> runtime).build()) {
            runner.run(() -> {
                var scheduler = runtime.scheduler();
                var order = new ArrayList<Integer>();
                var expected = new ArrayList<Integer>();
                var deadline = scheduler.nanoTime() + Duration.ofMillis(20).toNanos();
                for (var i = 0; i < 200; i++) {
                    var number = i;
                    expected.add(i);
                    scheduler.schedule(deadline, () -> order.add(number));
                }
                Tasks.awaitTrue(() -> order.size() == 200);
                assertThat(order).isEqualTo(expected);
            });
        }
    }

    /** What comes from outside waits for the end of the round; the eager starter is still a part of it. */
    @Test
    void el6_eagerStartKeepsItsPlaceInTheRound() throws Exception {
        TestRuntime.EVENT_LOOP.run(() -> {
            var order = new CopyOnWriteArrayList<String>();
            var run = currentRun();
            var starter = createTask(() -> {
                CompletableFuture.runAsync(() -> run.createTask(() -> order.add("from outside")))
                        .join();
                createTask(TaskOptions.defaults().eagerStart(true), () -> {
                    order.add("eager");
                    sleep(Duration.ZERO);
                });
                order.add("starter");
            });
            var second = createTask(() -> {
                order.add("second");
            });
            var third = createTask(() -> {
                order.add("third");
                createTask(() -> order.add("created by the third"));
            });
            Tasks.join(starter, second, third);
            Tasks.awaitTrue(() -> order.size() == 6);
            assertThat(order)
                    .containsExactly("eager", "starter", "second", "third", "created by the third", "from outside");
        });
    }

    @Test
    void el5_timersOfWaitsThatEndInTimeAreForgotten() throws Exception {
        TestRuntime.EVENT_LOOP.run(() -> {
            var leaks = new Leaks();
            for (var i = 0; i < 600; i++) {
                waitInATask(leaks);
            }
            assertThat(leaks.kept(250)).isLessThanOrEqualTo(250);
        });
    }

    private static void waitInATask(Leaks leaks) throws InterruptedException {
        var awaited = createTask(() -> sleep(Duration.ZERO));
        Tasks.join(leaks.watch(createTask(() -> awaited.get(600, TimeUnit.SECONDS))));
    }

    @Test
    void f2_foreignThreadThatJoinsIsListedWhileItDoesAndKeepsItsInterrupt() throws Exception {
        var condition = new Condition();
        var thread = new CompletableFuture<Thread>();
        var interrupted = new AtomicBoolean();
        var waiting = Tasks.onForeignThread(() -> {
            thread.complete(Thread.currentThread());
            condition.lock().acquire();
            try {
                assertThatThrownBy(condition::await).isInstanceOf(InterruptedException.class);
                interrupted.set(Thread.interrupted());
            } finally {
                condition.lock().release();
            }
            return null;
        });
        Yielding.until(() -> condition.snapshot().waiting() == 1);
        condition.lock().acquire();
        thread.join().interrupt();
        Yielding.until(() -> condition.lock().snapshot().waiting() == 1);
        Yielding.until(() -> foreign().contains(thread.join()));
        thread.join().interrupt();
        Yielding.until(() -> !thread.join().isInterrupted() || thread.join().getState() == Thread.State.WAITING);
        condition.lock().release();
        waiting.get(10, TimeUnit.SECONDS);
        assertThat(interrupted).as("the second interrupt").isTrue();
        assertThat(foreign()).doesNotContain(thread.join());
    }

    @Test
    void f1_foreignThreadThatHasWaitedIsNotListed() throws Exception {
        var event = new dev.weft.sync.Event();
        var thread = new CompletableFuture<Thread>();
        var waiting = Tasks.onForeignThread(() -> {
            thread.complete(Thread.currentThread());
            event.await();
            return null;
        });
        Yielding.until(() -> event.snapshot().waiting() == 1);
        Yielding.until(() -> foreign().contains(thread.join()));
        event.set();
        waiting.get(10, TimeUnit.SECONDS);
        assertThat(foreign()).doesNotContain(thread.join());
    }

    private static List<Thread> foreign() {
        return WaitingStrand.foreign().stream().map(WaitingStrand::thread).toList();
    }

    @OnEveryRuntime
    void el6_eagerTaskRunsUntilItWaits(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var steps = new CopyOnWriteArrayList<String>();
            var task = createTask(TaskOptions.defaults().eagerStart(true), () -> {
                steps.add("eager");
                sleep(Duration.ZERO);
                return 1;
            });
            steps.add("starter");
            assertThat(steps).containsExactly("eager", "starter");
            assertThat(Soon.result(task)).isOne();
            var failing = createTask(TaskOptions.defaults().eagerStart(true), () -> {
                throw new IllegalStateException("at once");
            });
            assertThatThrownBy(() -> Soon.result(failing)).hasMessage("at once");
        });
    }

    @Test
    void el1_roundsAreThoseOfAsyncio() throws Exception {
        TestRuntime.EVENT_LOOP.run(() -> {
            var order = new ArrayList<String>();
            var left = new AtomicInteger(3);
            for (var name : List.of("a", "b", "c")) {
                createTask(() -> {
                    for (var i = 0; i < 3; i++) {
                        order.add(name + i);
                        if (name.equals("a") && i == 0) {
                            createTask(() -> order.add("new"));
                        }
                        sleep(Duration.ZERO);
                    }
                    left.decrementAndGet();
                });
            }
            while (left.get() > 0) {
                sleep(Duration.ZERO);
            }
            assertThat(order).containsExactly("a0", "b0", "c0", "new", "a1", "b1", "c1", "a2", "b2", "c2");
        });
    }
}
