package dev.weft;

import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.race;
import static dev.weft.Weft.settle;
import static dev.weft.Weft.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.weft.internal.failure.AwaitCycleException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** G, J10: how gather, settle and race end, and what becomes of those who do not decide it. */
@Tag("races")
@Timeout(60)
class GatherEndTest {

    @OnEveryRuntime
    void b2_givenTasksOfARefusedCycleAreLeftAlone(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var release = new Gate();
            var bystander = createTask(() -> {
                release.awaitStubbornly();
                return "by itself";
            });
            var task = createTask(() -> gather(List.<Task<?>>of(bystander, Tasks.self())));
            assertThatThrownBy(() -> Soon.result(task)).isInstanceOf(AwaitCycleException.class);
            assertThat(bystander.cancelling()).isZero();
            release.open();
            assertThat(Soon.result(bystander)).isEqualTo("by itself");
        });
    }

    @Test
    void j10_childThatIsDoneAndHasNotToldAnybodyYetDecidesARace() throws Exception {
        HookedScheduler.run(TestRuntime.PARALLEL, hooks -> {
            for (var i = 0; i < 50; i++) {
                var mayTell = new Gate().openInTheEnd();
                var main = Tasks.self();
                hooks.whenDone = task -> {
                    if (task != main) {
                        Yielding.until(() -> mayTell.isOpen() || main.toString().contains("waiting for="));
                    }
                };
                assertThat(Soon.of(() -> race(() -> 1, () -> 1))).isOne();
                mayTell.open();
            }
        });
    }

    @Test
    void j10_racesOfEmptyBodiesHaveAWinner() throws Exception {
        TestRuntime.PARALLEL.run(() -> {
            for (var i = 0; i < 15_000 * Integer.getInteger("weft.stress", 1); i++) {
                assertThat(Weft.<Integer, RuntimeException>race(() -> 1, () -> 2))
                        .isBetween(1, 2);
            }
        });
    }

    @OnEveryRuntime
    void g2_firstToFailInTimeIsThrownAndTheOthersAreSuppressedOnce(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var second = new IOException("second");
            var first = new IOException("first");
            var begun = new Gate();
            var thrown = catchThrowable(() -> gather(
                    () -> {
                        begun.open();
                        assertThatThrownBy(() -> sleep(FOREVER)).isInstanceOf(CancelledException.class);
                        throw second;
                    },
                    () -> {
                        begun.await();
                        throw first;
                    },
                    () -> 3));
            assertThat(thrown).isSameAs(first);
            assertThat(Suppressed.in(thrown)).containsExactly(second);
        });
    }

    @OnEveryRuntime
    void g2_fatalErrorGoesBeforeAFailureThatCameFirst(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var error = new OutOfMemoryError("on purpose");
            var first = new IOException("first");
            var answers = new Gate();
            assertThatThrownBy(() -> gather(
                            () -> {
                                answers.await();
                                throw first;
                            },
                            () -> {
                                answers.open();
                                return answering(error).run();
                            }))
                    .isSameAs(error)
                    .hasSuppressedException(first);
            var begun = new Gate();
            assertThatThrownBy(() -> race(
                            () -> {
                                begun.await();
                                return 5;
                            },
                            () -> {
                                begun.open();
                                return answering(error).run();
                            }))
                    .as("though there is a winner")
                    .isSameAs(error);
        });
    }

    private static Body<Integer, IOException> answering(Error error) {
        return () -> {
            try {
                return sleep(FOREVER, 1);
            } catch (InterruptedException e) {
                throw error;
            }
        };
    }

    @OnEveryRuntime
    void j11_settleTellsAllAndStopsForAFatalErrorOnly(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var failure = new IOException("broken");
            var outcomes = settle(
                    () -> {
                        throw failure;
                    },
                    () -> sleep(java.time.Duration.ofMillis(1), 2),
                    () -> {
                        Tasks.self().cancel("mine");
                        return sleep(FOREVER, 3);
                    });
            assertThat(outcomes.get(0)).isEqualTo(new Outcome.Failure<>(failure));
            assertThat(outcomes.get(1)).isEqualTo(new Outcome.Success<>(2));
            assertThat(outcomes.get(2)).isInstanceOf(Outcome.Cancelled.class);
            var error = new StackOverflowError("on purpose");
            var sibling = new SleepingBody();
            assertThatThrownBy(() -> settle(
                            () -> {
                                sibling.started.await();
                                throw error;
                            },
                            sibling))
                    .isSameAs(error);
            assertThat(sibling.hasEnded()).isTrue();
        });
    }

    @OnEveryRuntime
    void j10_raceThatNobodyWinsThrowsTheFirstFailure(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var first = new IOException("first");
            var second = new IOException("second");
            var failed = new Gate();
            var thrown = catchThrowable(() -> race(
                    () -> {
                        failed.await();
                        throw second;
                    },
                    () -> {
                        Tasks.self().onDone(task -> failed.open());
                        throw first;
                    }));
            assertThat(thrown).isSameAs(first);
            assertThat(Suppressed.in(thrown)).containsExactly(second);
            var loser = new SleepingBody();
            assertThat(race(loser, () -> {
                        loser.started.await();
                        return "won";
                    }))
                    .isEqualTo("won");
            assertThat(loser.hasEnded()).isTrue();
        });
    }

    @OnEveryRuntime
    void j10_firstSuccessIsTheResultThoughAnotherComesWhileAllAreStopped(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var begun = new Gate();
            assertThat(race(
                            () -> {
                                begun.open();
                                assertThatThrownBy(() -> sleep(FOREVER)).isInstanceOf(CancelledException.class);
                                return "second";
                            },
                            () -> {
                                begun.await();
                                return "first";
                            }))
                    .isEqualTo("first");
        });
    }

    @OnEveryRuntime
    void g8_cancelOfTheCaller_stopsAllForItsReasonAndKeepsTheirFailures(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var cleanUp = new IOException("clean-up");
            var told = new AtomicReference<Object>();
            var begun = new AtomicInteger();
            var task = createTask(() -> gather(
                    () -> {
                        begun.incrementAndGet();
                        try {
                            return sleep(FOREVER, 1);
                        } catch (CancelledException e) {
                            told.set(e.cancellation().reason());
                            throw cleanUp;
                        }
                    },
                    () -> {
                        begun.incrementAndGet();
                        return sleep(FOREVER, 2);
                    }));
            Tasks.awaitTrue(() -> begun.get() == 2);
            task.cancel("enough");
            var thrown = catchThrowable(() -> Soon.result(task));
            assertThat(thrown).isInstanceOf(CancellationException.class);
            assertThat(GroupFailures.foundIn(thrown)).contains(cleanUp);
            assertThat(told).hasValue("enough");
        });
    }

    @OnEveryRuntime
    void g7_taskGivenTwiceFillsBothPlacesAndNothingIsLeftAtIt(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var release = new Gate();
            var given = createTask(() -> {
                release.awaitStubbornly();
                return 7;
            });
            var caller = createTask(() -> gather(given, given, given));
            Soon.waits(caller);
            release.open();
            assertThat(Soon.result(caller)).containsExactly(7, 7, 7);
            assertThat(gather(given, () -> 8, given)).containsExactly(7, 8, 7);
        });
    }

    @OnEveryRuntime
    void g2_bodiesOfManyWavesAreStoppedByAFailureInTheLast(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            for (var count : List.of(1_023, 1_024, 1_025, 2_049)) {
                var stopped = new AtomicInteger();
                var begun = new AtomicInteger();
                var all = new Gate();
                var bodies = new ArrayList<Body<Integer, IOException>>();
                for (var i = 1; i < count; i++) {
                    bodies.add(() -> {
                        if (begun.incrementAndGet() == count - 1) {
                            all.open();
                        }
                        try {
                            return sleep(FOREVER, 1);
                        } catch (CancelledException e) {
                            stopped.incrementAndGet();
                            throw e;
                        }
                    });
                }
                bodies.add(() -> {
                    all.await();
                    throw new IOException("the last");
                });
                assertThatThrownBy(() -> Soon.of(() -> gather(bodies))).hasMessage("the last");
                assertThat(stopped).hasValue(count - 1);
            }
        });
    }
}
