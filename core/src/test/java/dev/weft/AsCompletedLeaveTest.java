package dev.weft;

import static dev.weft.Weft.asCompleted;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** AC: completions whose waiters go. */
class AsCompletedLeaveTest {

    /** A body whose end cancels a waiter after the waiter has been given it, and before that can go on. */
    private static Body<String, RuntimeException> cancellingAtItsEnd(
            AtomicReference<Task<?>> waiter, Gate mayEnd, String result) {
        return () -> {
            mayEnd.awaitStubbornly();
            Tasks.self().onDone(ended -> waiter.get().cancel("leave"));
            return result;
        };
    }

    /** On an event loop the callback comes after the completion is bound, and before its waiter has its turn. */
    @Test
    void ac6_completionOfACancelledWaiterComesNextAndBeforeLaterEnds() throws Exception {
        TestRuntime.EVENT_LOOP.run(() -> {
            var waiter = new AtomicReference<Task<?>>();
            var mayEnd = new Gate();
            var second = new Gate();
            var completions = asCompleted(cancellingAtItsEnd(waiter, mayEnd, "first"), () -> {
                second.awaitStubbornly();
                return "second";
            });
            var iterator = completions.iterator();
            var left = iterator.next();
            waiter.set(createTask(left::await));
            sleep(Duration.ZERO);
            mayEnd.open();
            Tasks.join(waiter.get());
            assertThat(waiter.get().isCancelled()).isTrue();
            second.open();
            for (var i = 0; i < 10; i++) {
                sleep(Duration.ZERO);
            }
            assertThat(iterator.next().await()).isEqualTo("first");
            assertThat(left.await()).isEqualTo("second");
        });
    }

    /** The last completion is bound when its waiter is cancelled; the waiter goes on, and makes other calls. */
    @Test
    void ac7_lastCompletionThatACancelledWaiterHandsBack_isNotLostAtItsEnd() throws Exception {
        var failure = new IllegalStateException("must be seen");
        var problems = new CopyOnWriteArrayList<Problem>();
        TestRuntime.EVENT_LOOP.run(problems, () -> {
            var waiter = new AtomicReference<Task<?>>();
            waiter.set(createTask(() -> {
                var completions = asCompleted(() -> {
                    Tasks.self().onDone(ended -> waiter.get().cancel("leave"));
                    throw failure;
                });
                var iterator = completions.iterator();
                assertThatThrownBy(() -> iterator.next().await()).isInstanceOf(CancelledException.class);
                return gather(() -> 1, () -> 2);
            }));
            Tasks.join(waiter.get());
        });
        assertThat(problems).extracting(Problem::exception).contains(failure);
    }

    /** All three end in one round; when the third is done, the first is bound, and its waiter has not gone on yet. */
    @Test
    void ac6_completionThatIsHandedBackComesBeforeThoseThatEndedLater() throws Exception {
        TestRuntime.EVENT_LOOP.run(() -> {
            var mayEnd = List.of(new Gate(), new Gate(), new Gate());
            var last = new AtomicReference<Runnable>();
            var bodies = new ArrayList<Body<Integer, RuntimeException>>();
            for (var i = 0; i < 3; i++) {
                var value = i;
                bodies.add(() -> {
                    mayEnd.get(value).awaitStubbornly();
                    if (value == 2) {
                        Tasks.self().onDone(ended -> last.get().run());
                    }
                    return value;
                });
            }
            var results = new ArrayList<Integer>();
            var iterator = asCompleted(bodies).iterator();
            var waiter = createTask(iterator.next()::await);
            last.set(() -> {
                try {
                    results.add(iterator.next().await());
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                waiter.cancel();
            });
            sleep(Duration.ZERO);
            mayEnd.forEach(Gate::open);
            Tasks.join(waiter);
            assertThat(waiter.isCancelled()).isTrue();
            assertThat(results).containsExactly(1);
            assertThat(iterator.next().await()).isZero();
        });
    }

    @Test
    void ac6_completionOfACancelledWaiterGoesToTheNextWhoWaits() throws Exception {
        TestRuntime.EVENT_LOOP.run(() -> {
            var waiter = new AtomicReference<Task<?>>();
            var mayEnd = new Gate();
            var stop = new Gate();
            try (var completions = asCompleted(cancellingAtItsEnd(waiter, mayEnd, "first"), () -> {
                stop.await();
                return "second";
            })) {
                var iterator = completions.iterator();
                waiter.set(createTask(iterator.next()::await));
                var heir = createTask(iterator.next()::await);
                sleep(Duration.ZERO);
                mayEnd.open();
                assertThat(Soon.result(heir)).isEqualTo("first");
                assertThat(waiter.get().isCancelled()).isTrue();
                stop.open();
            }
        });
    }

    @Test
    void ac5_completionThatWasHandedBackDoesNotCountTwice_theOthersAreStoppedAtTheEnd() throws Exception {
        TestRuntime.EVENT_LOOP.run(() -> {
            var waiter = new AtomicReference<Task<?>>();
            var mayEnd = new Gate();
            var other = new SleepingBody();
            var leaver = createTask(() -> {
                var completions = asCompleted(cancellingAtItsEnd(waiter, mayEnd, "first"), other);
                var iterator = completions.iterator();
                waiter.set(createTask(iterator.next()::await));
                other.started.await();
                mayEnd.open();
                Tasks.join(waiter.get());
                assertThat(iterator.next().await()).isEqualTo("first");
                assertThat(gather(() -> 1, () -> 2))
                        .hasSize(2); // a call that forgets what stands around it and is over
            });
            Soon.result(leaver);
            assertThat(other.hasEnded()).isTrue();
            assertThat(other.interruption()).isInstanceOf(CancelledException.class);
        });
    }

    @OnEveryRuntime
    void ac6_cancelledWaiterTakesNothingOfWhoComesAfterIt(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var mayEnd = new Gate();
            var iterator = asCompleted(() -> {
                        mayEnd.awaitStubbornly();
                        return 1;
                    })
                    .iterator();
            var completion = iterator.next();
            var leaving = createTask(completion::await);
            Soon.waits(leaving);
            leaving.cancel();
            Tasks.join(leaving);
            var staying = createTask(completion::await);
            Soon.waits(staying);
            mayEnd.open();
            assertThat(Soon.result(staying)).isOne();
        });
    }

    @OnEveryRuntime
    void ac6_nobodyIsGivenWhatAWaiterThatHasLeftWouldGet(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var mayEnd = new Gate();
            var never = new Gate();
            try (var completions = asCompleted(
                    () -> {
                        mayEnd.awaitStubbornly();
                        return 1;
                    },
                    () -> {
                        never.await();
                        return 2;
                    })) {
                var iterator = completions.iterator();
                var leaving = createTask(iterator.next()::await);
                Soon.waits(leaving);
                leaving.cancel();
                Tasks.join(leaving);
                var staying = createTask(iterator.next()::await);
                Soon.waits(staying);
                mayEnd.open();
                assertThat(Soon.result(staying)).isOne();
            }
        });
    }

    @OnEveryRuntime
    void ac6_ofTwoThatAwaitOneCompletionOneMayLeave(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var mayEnd = new Gate();
            var completion = asCompleted(() -> {
                        mayEnd.awaitStubbornly();
                        return 1;
                    })
                    .iterator()
                    .next();
            var leaving = createTask(completion::await);
            var staying = createTask(completion::await);
            var another = createTask(completion::await);
            Soon.waits(leaving);
            Soon.waits(staying);
            Soon.waits(another);
            leaving.cancel();
            Tasks.join(leaving);
            mayEnd.open();
            assertThat(Soon.result(staying)).isOne();
            assertThat(Soon.result(another)).isOne();
        });
    }

    @OnEveryRuntime
    void ac5_whatHasEndedAndWasDeliveredIsForgottenWhileOthersRun(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var leaks = new Leaks();
            var never = new Gate();
            var bodies = new ArrayList<Body<Integer, ?>>();
            for (var i = 0; i < 20; i++) {
                var large = leaks.watch(new int[100]);
                bodies.add(() -> large.length);
            }
            bodies.add(() -> {
                never.await();
                return 0;
            });
            try (var completions = asCompleted(bodies)) {
                bodies.clear();
                var iterator = completions.iterator();
                for (var i = 0; i < 20; i++) {
                    assertThat(iterator.next().await()).isEqualTo(100);
                }
                assertThat(leaks.kept(2)).isLessThanOrEqualTo(2);
                never.open();
            }
        });
    }

    @OnEveryRuntime
    void ac5_taskThatWasConsumedIsForgottenWhileOthersRun(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var leaks = new Leaks();
            var never = new Gate();
            var bodies = new ArrayList<Body<Integer, ?>>();
            for (var i = 0; i < 20; i++) {
                bodies.add(() -> {
                    leaks.watch(Tasks.self());
                    return 1;
                });
            }
            bodies.add(() -> {
                never.await();
                return 0;
            });
            try (var completions = asCompleted(bodies)) {
                var iterator = completions.iterator();
                for (var i = 0; i < 20; i++) {
                    assertThat(iterator.next().await()).isOne();
                }
                assertThat(leaks.kept(3)).isLessThanOrEqualTo(3);
                never.open();
            }
        });
    }

    @OnEveryRuntime
    void ac3_waitThatTheLimitEndedLeavesItsCompletionToOthers(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var mayEnd = new CompletableFuture<Integer>();
            try (var completions = asCompleted(List.of(() -> Weft.await(mayEnd)), Duration.ofMillis(1))) {
                var completion = completions.iterator().next();
                assertThatThrownBy(completion::await)
                        .isInstanceOf(DeadlineExceededException.class)
                        .hasMessageContaining("asCompleted within 1ms");
                mayEnd.complete(7);
                Tasks.awaitTrue(() -> Weft.allTasks().size() == 1);
                assertThat(completion.await()).isEqualTo(7);
            }
        });
    }

    @OnEveryRuntime
    void ac1_startedBodiesAreStoppedThoughOneCannotBeTaken(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            assertThat(Weft.<Integer>asCompleted(List.of()).iterator().hasNext())
                    .isFalse();
            Weft.<Integer>asCompleted(List.of()).close();
            var iterator = asCompleted(() -> 1).iterator();
            assertThat(iterator.next().await()).isOne();
            assertThat(iterator.hasNext()).isFalse();
            assertThatThrownBy(iterator::next)
                    .isInstanceOf(java.util.NoSuchElementException.class)
                    .hasMessageContaining("all 1");
            assertThat(iterator.hasNext()).isFalse();
        });
    }
}
