package dev.weft;

import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.onCancel;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.taskGroup;
import static dev.weft.Weft.timeout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.weft.internal.failure.Sneaky;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** J13: how blocks with a cancel action end, and when the action is run. */
class OnCancelEndTest {

    /** What a task ends with that is cancelled in a block with {@code action}, and then does {@code answer}. */
    private static <T> Throwable thrownBy(VoidBody<?> action, Body<T, Exception> answer) throws InterruptedException {
        var begun = new Gate();
        var task = createTask(() -> onCancel(action, () -> {
            begun.open();
            assertThatThrownBy(() -> sleep(FOREVER)).isInstanceOf(CancelledException.class);
            return answer.run();
        }));
        begun.await();
        task.cancel("stop");
        return catchThrowable(() -> Soon.result(task));
    }

    @OnEveryRuntime
    void j13_blockEndsWhateverItsActionThrows(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            for (var failure : List.of(
                    new IllegalStateException("on purpose"),
                    new AssertionError("on purpose"),
                    new StackOverflowError("on purpose"),
                    new Error("on purpose"))) {
                var thrown = thrownBy(
                        () -> {
                            throw Sneaky.rethrow(failure);
                        },
                        () -> {
                            throw new IOException("closed");
                        });
                assertThat(thrown).isInstanceOf(CancellationException.class);
                assertThat(GroupFailures.foundIn(thrown)).contains(failure);
            }
        });
    }

    @OnEveryRuntime
    void j13_failureOfTheActionOfABlockThatReturnsIsReported(TestRuntime runtime) throws Exception {
        var problems = new CopyOnWriteArrayList<Problem>();
        var failure = new IllegalStateException("on purpose");
        runtime.run(problems, () -> {
            var thrown = thrownBy(
                    () -> {
                        throw failure;
                    },
                    () -> 5);
            assertThat(thrown).isNull();
        });
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(Problem.Kind.CALLBACK_FAILURE);
            assertThat(problem.exception()).isSameAs(failure);
            assertThat(problem.message()).contains("onCancel action");
            assertThat(problem.task()).isNotNull();
        });
    }

    @OnEveryRuntime
    void j13_fatalErrorOfABlockThatIsCancelledIsThatError(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var error = new StackOverflowError("on purpose");
            assertThat(thrownBy(() -> {}, () -> {
                        throw error;
                    }))
                    .isSameAs(error);
        });
    }

    @OnEveryRuntime
    void j13_whatABlockThrowsBecauseItsActionHasRunIsTheCauseOfTheCancel(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var closed = new IOException("closed");
            closed.addSuppressed(new IOException("flush"));
            var thrown = thrownBy(() -> {}, () -> {
                throw closed;
            });
            assertThat(thrown).isInstanceOf(CancellationException.class);
            assertThat(Tasks.reasonOf(thrown)).isEqualTo("stop");
            assertThat(GroupFailures.foundIn(thrown)).contains(closed, closed.getSuppressed()[0]);
        });
    }

    @OnEveryRuntime
    void j13_blockThatFailsWithoutACancelFailsAsItDid(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var runs = new AtomicInteger();
            var failure = new IOException("broken");
            assertThatThrownBy(() -> onCancel(runs::incrementAndGet, () -> {
                        throw failure;
                    }))
                    .isSameAs(failure);
            assertThat(onCancel(runs::incrementAndGet, () -> 5)).isEqualTo(5);
            assertThat(runs).hasValue(0);
        });
    }

    @NotSimulated("waits for an action outside, on whose account the clock stands still")
    @OnEveryRuntime
    void j13_actionIsRunAtOnceIfTheCancelHasComeBefore(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var ran = new Gate().openInTheEnd();
            var runs = new AtomicInteger();
            Tasks.self().cancel("before");
            assertThatThrownBy(() -> onCancel(
                            () -> {
                                runs.incrementAndGet();
                                ran.open();
                            },
                            () -> {
                                Yielding.until(ran::isOpen);
                                throw new IOException("closed");
                            }))
                    .isInstanceOf(Exception.class);
            assertThat(runs).hasValue(1);
            Tasks.self().uncancel();
        });
    }

    @OnEveryRuntime
    void j13_actionOfACancelThatWasTakenNoticeOfBeforeIsNotRun(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var runs = new AtomicInteger();
            Tasks.self().cancel("noticed");
            assertThatThrownBy(() -> sleep(FOREVER)).isInstanceOf(CancelledException.class);
            onCancel(runs::incrementAndGet, () -> sleep(Duration.ZERO));
            assertThat(runs).hasValue(0);
            Tasks.self().uncancel();
        });
    }

    @OnEveryRuntime
    void j13_actionsOfAllBlocksAroundAreRunOnceEach(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            for (var cancels = 1; cancels <= 2; cancels++) {
                var runs = new CopyOnWriteArrayList<String>();
                var begun = new Gate();
                var task = createTask(() -> onCancel(
                        () -> runs.add("outer"),
                        () -> onCancel(() -> runs.add("inner"), () -> {
                            onCancel(() -> runs.add("over"), () -> sleep(Duration.ZERO));
                            begun.open();
                            sleep(FOREVER);
                        })));
                begun.await();
                task.cancel("one");
                if (cancels == 2) {
                    task.cancel("two");
                }
                assertThatThrownBy(() -> Soon.result(task)).isInstanceOf(CancellationException.class);
                assertThat(runs).containsExactlyInAnyOrder("outer", "inner");
            }
        });
    }

    @OnEveryRuntime
    void j13_actionOfAnOuterBlockIsStillThereWhenAnInnerOneHasEnded(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var runs = new CopyOnWriteArrayList<String>();
            var begun = new Gate();
            var task = createTask(() -> onCancel(() -> runs.add("outer"), () -> {
                onCancel(() -> runs.add("inner"), () -> sleep(Duration.ZERO));
                begun.open();
                sleep(FOREVER);
            }));
            begun.await();
            task.cancel();
            assertThatThrownBy(() -> Soon.result(task)).isInstanceOf(CancellationException.class);
            assertThat(runs).containsExactly("outer");
        });
    }

    @OnEveryRuntime
    void j13_limitWithinABlockIsNoneOfItsActionsBusinessAndOneAroundItIs(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var runs = new AtomicInteger();
            onCancel(
                    runs::incrementAndGet,
                    () -> assertThatThrownBy(() -> timeout(Duration.ofMillis(1), () -> sleep(FOREVER)))
                            .isInstanceOf(TimeoutException.class));
            onCancel(
                    runs::incrementAndGet,
                    () -> taskGroup(group -> {
                        group.createTask(() -> {});
                        group.cancel();
                        sleep(Duration.ZERO);
                    }));
            assertThat(runs).hasValue(0);
            assertThatThrownBy(() ->
                            timeout(Duration.ofMillis(1), () -> onCancel(runs::incrementAndGet, () -> sleep(FOREVER))))
                    .isInstanceOf(TimeoutException.class);
            assertThat(runs).hasValue(1);
            taskGroup(group -> {
                group.createTask(() -> {});
                onCancel(runs::incrementAndGet, () -> {
                    group.cancel();
                    sleep(Duration.ZERO);
                });
            });
            assertThat(runs).hasValue(2);
        });
    }

    @NotSimulated("waits for an action outside, on whose account the clock stands still")
    @OnEveryRuntime
    void j13_blockWaitsForItsActionThoughItIsCancelledAgain(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var order = new CopyOnWriteArrayList<String>();
            var mayEnd = new Gate();
            var begun = new Gate();
            var actionBegun = new Gate();
            var task = createTask(() -> {
                try {
                    onCancel(
                            () -> {
                                actionBegun.open();
                                mayEnd.awaitStubbornly();
                                order.add("action");
                            },
                            () -> {
                                begun.open();
                                sleep(FOREVER);
                            });
                } finally {
                    order.add("block");
                }
            });
            begun.await();
            task.cancel("one");
            actionBegun.await();
            task.cancel("two");
            sleep(Duration.ZERO);
            task.cancel("three");
            sleep(Duration.ofMillis(2));
            mayEnd.open();
            assertThatThrownBy(() -> Soon.result(task)).isInstanceOf(CancellationException.class);
            assertThat(order).containsExactly("action", "block");
        });
    }

    @OnEveryRuntime
    void j13_actionThatIsOverIsForgotten(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var leaks = new Leaks();
            for (var i = 0; i < 10; i++) {
                runBlock(leaks);
            }
            assertThat(leaks.kept(1)).isLessThanOrEqualTo(1);
            var runs = new ArrayList<Integer>();
            assertThat(onCancel(() -> runs.add(1), () -> 7)).isEqualTo(7);
            Tasks.self().cancel();
            assertThatThrownBy(() -> sleep(FOREVER)).isInstanceOf(CancelledException.class);
            Tasks.self().uncancel();
            assertThat(runs).isEmpty();
        });
    }

    private static void runBlock(Leaks leaks) throws InterruptedException {
        var large = leaks.watch(new int[100]);
        onCancel(() -> large[0]++, () -> sleep(Duration.ZERO));
    }
}
