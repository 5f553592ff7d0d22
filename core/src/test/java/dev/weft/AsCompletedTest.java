package dev.weft;

import static dev.weft.Tasks.staysPending;
import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.asCompleted;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.gather;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/** AC: asCompleted, and what becomes of the bodies that it starts (deviation D4). */
class AsCompletedTest {

    @OnEveryRuntime
    void ac1_resultsComeInTheOrderOfTheEnds(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var first = new GatedBody("a");
            var second = new GatedBody("b");
            var third = new GatedBody("c");
            var toEnd = List.of(third, first, second).iterator();
            var results = new ArrayList<String>();
            for (var next : asCompleted(first, second, third)) {
                toEnd.next().mayEnd.open();
                results.add(next.await());
            }
            assertThat(results).containsExactly("c", "a", "b");
        });
    }

    @OnEveryRuntime
    void ac1_thoseThatEndedMeanwhileComeInTheOrderOfTheirEnds(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var bodies = List.of(new GatedBody("a"), new GatedBody("b"), new GatedBody("c"));
            var tasks = bodies.stream().map(body -> createTask(body)).toList();
            var completions = asCompleted(tasks);
            for (var i : List.of(2, 0, 1)) {
                bodies.get(i).mayEnd.open();
                Tasks.join(tasks.get(i));
            }
            var results = new ArrayList<String>();
            for (var next : completions) {
                results.add(next.await());
            }
            assertThat(results).containsExactly("c", "a", "b");
        });
    }

    @OnEveryRuntime
    void ac1_failuresComeInTheirTurnAsTheyWereThrown(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var failure = new IOException("boom");
            var last = new GatedBody("last");
            Body<String, IOException> failing = () -> {
                throw failure;
            };
            var completions = asCompleted(last, failing).iterator();
            assertThatThrownBy(completions.next()::await).isSameAs(failure);
            last.mayEnd.open();
            assertThat(completions.next().await()).isEqualTo("last");
        });
    }

    @OnEveryRuntime
    void ac2_givenTasksComeBackAsTheIdenticalObjects(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var firstBody = new GatedBody("a");
            var secondBody = new GatedBody("b");
            var first = createTask(firstBody);
            var second = createTask(secondBody);
            var completions = asCompleted(first, second).iterator();
            secondBody.mayEnd.open();
            assertThat(completions.next().task()).isSameAs(second);
            firstBody.mayEnd.open();
            assertThat(completions.next().task()).isSameAs(first);
        });
    }

    @OnEveryRuntime
    void ac3_limitThrowsAfterTheEndedOnesWereDelivered(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var quick = createTask(() -> "quick");
            Tasks.join(quick);
            var slow = createTask(new SleepingBody());
            var completions = asCompleted(List.of(slow, quick), Duration.ZERO).iterator();
            assertThat(completions.next().await()).isEqualTo("quick");
            var late = completions.next();
            assertThatThrownBy(late::await).isInstanceOf(TimeoutException.class);
            assertThatThrownBy(late::task).isInstanceOf(TimeoutException.class);
            assertThat(staysPending(slow)).isTrue();
            assertThat(slow.cancelling()).isZero();
        });
    }

    @OnEveryRuntime
    void ac3_limitThatPassesDuringTheWaitThrows(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var slow = new SleepingBody();
            try (var completions = asCompleted(List.of(slow), Duration.ofMillis(2))) {
                var next = completions.iterator().next();
                assertThatThrownBy(next::await).isInstanceOf(TimeoutException.class);
            }
        });
    }

    @OnEveryRuntime
    void ac4_limitThatIsNotReachedLeavesNoTimer(TestRuntime runtime) throws Exception {
        var made = runtime.open();
        var scheduler = new TimerCountingScheduler(made.scheduler());
        try (var runner = runtime.builder()
                .runtime(() -> WeftRuntime.of(scheduler, made::close))
                .build()) {
            runner.run(() -> {
                var results = new ArrayList<String>();
                var bodies = List.<Body<String, RuntimeException>>of(() -> "a", () -> "b");
                for (var next : asCompleted(bodies, Duration.ofHours(1))) {
                    results.add(next.await());
                }
                assertThat(results).containsExactlyInAnyOrder("a", "b");
                assertThat(scheduler.standing()).isZero();

                var leftEarly = asCompleted(bodies, Duration.ofHours(1));
                leftEarly.iterator().next().await();
                leftEarly.close();
                assertThat(scheduler.standing()).isZero();
            });
        }
    }

    @OnEveryRuntime
    void ac5_iterationGoesOnWhereItWasLeft(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var results = new ArrayList<String>();
            var completions = asCompleted(() -> "a", () -> "b", () -> "c");
            for (var next : completions) {
                results.add(next.await());
                break;
            }
            assertThat(results).hasSize(1);
            for (var next : completions) {
                results.add(next.await());
            }
            assertThat(results).containsExactlyInAnyOrder("a", "b", "c");
            assertThat(completions.iterator().hasNext()).isFalse();
        });
    }

    @OnEveryRuntime
    void ac6_whicheverIsAwaitedFirstGetsTheFirstThatEndsAndKeepsIt(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var slow = new GatedBody("slow");
            var completions = asCompleted(slow, () -> "quick").iterator();
            var first = completions.next();
            var second = completions.next();
            assertThat(second.await()).isEqualTo("quick");
            slow.mayEnd.open();
            assertThat(first.await()).isEqualTo("slow");
            assertThat(second.await()).isEqualTo("quick");
            assertThat(second.task().result()).isEqualTo("quick");
        });
    }

    @OnEveryRuntime
    void ac6_ofTwoThatWaitTheOneThatBeganFirstGetsTheFirst(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var quick = new GatedBody("quick");
            var slow = new GatedBody("slow");
            var completions = asCompleted(slow, quick).iterator();
            var first = completions.next();
            var second = completions.next();
            var awaitsSecond = createTask(() -> second.await());
            Tasks.awaitTrue(() -> awaitsSecond.toString().contains(" waiting for="));
            var awaitsFirst = createTask(() -> first.await());
            Tasks.awaitTrue(() -> awaitsFirst.toString().contains(" waiting for="));
            quick.mayEnd.open();
            assertThat(awaitsSecond.await()).isEqualTo("quick");
            slow.mayEnd.open();
            assertThat(awaitsFirst.await()).isEqualTo("slow");
        });
    }

    @OnEveryRuntime
    void ac7_severalMayBeAwaitedAtOnce(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var mayEnd = new Gate();
            Body<Integer, RuntimeException> one = () -> afterwards(mayEnd, 1);
            Body<Integer, RuntimeException> two = () -> afterwards(mayEnd, 2);
            Body<Integer, RuntimeException> three = () -> afterwards(mayEnd, 3);
            var awaiting = new ArrayList<Body<Integer, RuntimeException>>();
            for (var next : asCompleted(one, two, three)) {
                awaiting.add(next::await);
            }
            awaiting.add(() -> {
                mayEnd.open();
                return 0;
            });
            assertThat(gather(awaiting)).containsExactlyInAnyOrder(0, 1, 2, 3).endsWith(0);
        });
    }

    @OnEveryRuntime
    void ac8_taskGivenTwiceIsDeliveredOnce(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var task = createTask(() -> "a");
            var delivered = new ArrayList<Task<String>>();
            for (var next : asCompleted(task, task)) {
                delivered.add(next.task());
            }
            assertThat(delivered).containsExactly(task);
        });
    }

    @OnEveryRuntime
    void cancelledCompletion_leavesTheTasksRunning(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var body = new GatedBody("a");
            var task = createTask(body);
            var waits = new Gate();
            var waiter = createTask(() -> {
                var next = asCompleted(task).iterator().next();
                waits.open();
                return next.await();
            });
            waits.await();
            waiter.cancel();
            assertThatThrownBy(waiter::await).isInstanceOf(CancellationException.class);
            assertThat(task.cancelling()).isZero();
            body.mayEnd.open();
            assertThat(task.await()).isEqualTo("a");
        });
    }

    @OnEveryRuntime
    void close_cancelsAndJoinsItsBodies(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var slow = new SleepingBody();
            try (var completions = asCompleted(slow, () -> {
                slow.started.await();
                return "quick";
            })) {
                assertThat(completions.iterator().next().await()).isEqualTo("quick");
                assertThat(slow.hasEnded()).isFalse();
            }
            assertThat(slow.hasEnded()).isTrue();
            assertThat(slow.interruption()).isInstanceOf(CancelledException.class);
        });
    }

    @OnEveryRuntime
    void close_leavesGivenTasksRunning(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var body = new GatedBody("a");
            var task = createTask(body);
            asCompleted(task).close();
            asCompleted(List.of(task), FOREVER).close();
            assertThat(task.cancelling()).isZero();
            body.mayEnd.open();
            assertThat(task.await()).isEqualTo("a");
        });
    }

    @OnEveryRuntime
    void endOfTheEnclosingTask_cancelsAndJoinsTheBodies(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var slow = new SleepingBody();
            var enclosing = createTask(() -> {
                asCompleted(List.of(slow));
                slow.started.await();
                return "left open";
            });
            assertThat(enclosing.await()).isEqualTo("left open");
            assertThat(slow.hasEnded()).isTrue();
            assertThat(slow.interruption()).isInstanceOf(CancelledException.class);
        });
    }

    @OnEveryRuntime
    void failedBodyOfALoopLeftEarly_isNotLost(TestRuntime runtime) throws Exception {
        var problems = new CopyOnWriteArrayList<Problem>();
        var failure = new IOException("boom");
        var failed = new AtomicReference<Task<?>>();
        runtime.run(problems, () -> {
            var slow = new SleepingBody();
            Body<String, IOException> failing = () -> {
                failed.set(Tasks.self());
                slow.started.await();
                throw failure;
            };
            try (var completions = asCompleted(slow, failing)) {
                assertThat(completions.iterator().hasNext()).isTrue();
                Tasks.awaitTrue(() -> failed.get() != null && failed.get().isDone());
            }
        });
        assertThat(problems).extracting(Problem::exception).containsExactly(failure);
    }

    private static int afterwards(Gate gate, int result) throws InterruptedException {
        gate.await();
        return result;
    }

    /** A body that ends when it may. */
    private static final class GatedBody implements Body<String, RuntimeException> {
        final Gate mayEnd = new Gate();
        private final String result;

        GatedBody(String result) {
            this.result = result;
        }

        @Override
        public String run() throws InterruptedException {
            mayEnd.await();
            return result;
        }
    }
}
