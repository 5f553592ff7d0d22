package dev.weft;

import static dev.weft.Tasks.reasonOf;
import static dev.weft.Tasks.self;
import static dev.weft.Tasks.staysPending;
import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.allTasks;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.shield;
import static dev.weft.Weft.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** G: gather. Its twin that returns outcomes is in {@link SettleTest}. */
class GatherTest {

    @OnEveryRuntime
    void g1_resultsAreInArgumentOrderWhateverTheOrderOfTheEnds(TestRuntime runtime) throws Exception {
        var secondMayEnd = new Gate();
        var firstMayEnd = new Gate();
        runtime.run(() -> {
            var results = gather(
                    () -> {
                        firstMayEnd.await();
                        return "a";
                    },
                    () -> {
                        secondMayEnd.await();
                        firstMayEnd.open();
                        return "b";
                    },
                    () -> {
                        secondMayEnd.open();
                        return "c";
                    });
            assertThat(results).containsExactly("a", "b", "c").isUnmodifiable();
        });
    }

    @OnEveryRuntime
    void g1_doneOnlyAfterTheLastChild(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var lastMayEnd = new Gate();
            var gathering = createTask(() -> gather(
                    () -> {
                        lastMayEnd.await();
                        return "a";
                    },
                    () -> "b"));
            assertThat(staysPending(gathering)).isTrue();
            lastMayEnd.open();
            assertThat(gathering.await()).containsExactly("a", "b");
        });
    }

    @OnEveryRuntime
    void g1_iterableAndVoidBodies(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var bodies = List.<Body<String, RuntimeException>>of(() -> "a", () -> "b");
            assertThat(gather(bodies)).containsExactly("a", "b");

            var first = new Gate();
            var second = new Gate();
            gather(first::open, second::open);
            assertThat(first.isOpen()).isTrue();
            assertThat(second.isOpen()).isTrue();
        });
    }

    @OnEveryRuntime
    void g2_firstFailureIsThrownAsItIsWhenTheOthersHaveBeenCancelledAndHaveEnded(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var failure = new IOException("boom");
            var before = new SleepingBody();
            var after = new SleepingBody();
            assertThatThrownBy(() -> gather(
                            before,
                            () -> {
                                before.started.await();
                                after.started.await();
                                throw failure;
                            },
                            after))
                    .isSameAs(failure)
                    .satisfies(e -> assertThat(Suppressed.in(e)).isEmpty());
            assertThat(before.hasEnded()).isTrue();
            assertThat(after.hasEnded()).isTrue();
            assertThat(before.interruption()).isInstanceOf(CancelledException.class);
            assertThat(after.interruption()).isInstanceOf(CancelledException.class);
        });
    }

    @OnEveryRuntime
    void g2_firstFailureCancelsAlsoTasksThatWereGiven(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var failure = new IOException("boom");
            var body = new SleepingBody();
            var given = createTask(body);
            assertThatThrownBy(() -> gather(given, () -> {
                        body.started.await();
                        throw failure;
                    }))
                    .isSameAs(failure);
            assertThat(body.hasEnded()).isTrue();
            assertThat(given.isCancelled()).isTrue();
        });
    }

    @OnEveryRuntime
    void g2_firstFailureMayBeAGivenTaskThatFailedBefore(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var failure = new IOException("boom");
            Task<String> failed = createTask(() -> {
                throw failure;
            });
            Tasks.join(failed);
            assertThatThrownBy(() -> gather(failed, () -> sleep(FOREVER, "never")))
                    .isSameAs(failure);
        });
    }

    @OnEveryRuntime
    void g4_nothingGivenReturnsAnEmptyList(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            List<String> results = gather();
            assertThat(results).isEmpty();
            assertThat(gather(List.<Body<String, RuntimeException>>of())).isEmpty();
        });
    }

    @OnEveryRuntime
    void g5_childCancelledBySomebodyElseFailsTheGatherAndTheRestIsCancelledAndAwaited(TestRuntime runtime)
            throws Exception {
        runtime.run(() -> {
            var victimBody = new SleepingBody();
            var victim = createTask(victimBody);
            var sibling = new SleepingBody();
            assertThatThrownBy(() -> gather(victim, sibling, () -> {
                        victimBody.started.await();
                        sibling.started.await();
                        victim.cancel("not needed");
                        return sleep(FOREVER, "never");
                    }))
                    .isInstanceOfSatisfying(
                            CancellationException.class,
                            thrown -> assertThat(reasonOf(thrown)).isEqualTo("not needed"));
            assertThat(sibling.hasEnded()).isTrue();
            assertThat(sibling.interruption()).isInstanceOf(CancelledException.class);
        });
    }

    @OnEveryRuntime
    void g5_childThatCancelsItselfFailsTheGather(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var sibling = new SleepingBody();
            assertThatThrownBy(() -> gather(sibling, () -> {
                        sibling.started.await();
                        self().cancel("enough");
                        return sleep(FOREVER, "never");
                    }))
                    .isInstanceOfSatisfying(
                            CancellationException.class,
                            thrown -> assertThat(reasonOf(thrown)).isEqualTo("enough"));
            assertThat(sibling.hasEnded()).isTrue();
        });
    }

    @OnEveryRuntime
    void g7_sameTaskGivenTwiceRunsOnceAndFillsBothPlaces(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var runs = new AtomicInteger();
            Task<Integer> task = createTask(() -> runs.incrementAndGet());
            assertThat(gather(task, () -> 0, task)).containsExactly(1, 0, 1);
            assertThat(runs).hasValue(1);
        });
    }

    @OnEveryRuntime
    void g7_sameBodyGivenTwiceIsTwoRuns(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var runs = new AtomicInteger();
            Body<Integer, RuntimeException> body = runs::incrementAndGet;
            assertThat(gather(body, body)).containsExactlyInAnyOrder(1, 2);
        });
    }

    @OnEveryRuntime
    void g8_cancellingTheAwaitingTaskCancelsAllChildren(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var first = new SleepingBody();
            var second = new SleepingBody();
            var givenBody = new SleepingBody();
            var given = createTask(givenBody);
            var gathering = createTask(() -> gather(first, second, given));
            first.started.await();
            second.started.await();
            givenBody.started.await();

            assertThat(gathering.cancel("enough")).isTrue();
            assertThatThrownBy(gathering::await)
                    .isInstanceOfSatisfying(
                            CancellationException.class,
                            thrown -> assertThat(reasonOf(thrown)).isEqualTo("enough"));
            assertThat(first.interruption()).isInstanceOf(CancelledException.class);
            assertThat(second.interruption()).isInstanceOf(CancelledException.class);
            assertThat(given.isCancelled()).isTrue();
            assertThat(gathering.cancel()).isFalse();
        });
    }

    /** Deviation D8: asyncio frees the awaiter at the first child that ends. */
    @OnEveryRuntime
    void g8_cancelledGatherReturnsOnlyAfterAllChildrenHaveEnded(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var prompt = new SleepingBody();
            var slowStarted = new Gate();
            var slowMayEnd = new Gate();
            var gathering = createTask(() -> gather(prompt, () -> {
                slowStarted.open();
                slowMayEnd.awaitStubbornly();
                return "slow";
            }));
            prompt.started.await();
            slowStarted.await();
            gathering.cancel();
            assertThat(staysPending(gathering)).isTrue();
            slowMayEnd.open();
            assertThatThrownBy(gathering::await).isInstanceOf(CancellationException.class);
            assertThat(prompt.hasEnded()).isTrue();
        });
    }

    @OnEveryRuntime
    void g9_siblingThatFailsWhileBeingCancelledIsSuppressedAndNotReportedAgain(TestRuntime runtime) throws Exception {
        var first = new IOException("first");
        var second = new IllegalStateException("second");
        runtime.run(
                () -> { // which fails if a problem is reported
                    var started = new Gate();
                    assertThatThrownBy(() -> gather(
                                    () -> {
                                        started.open();
                                        return failWith(second);
                                    },
                                    () -> {
                                        started.await();
                                        throw first;
                                    }))
                            .isSameAs(first);
                });
        assertThat(Suppressed.in(first)).containsExactly(second);
    }

    @OnEveryRuntime
    void g9_givenTaskThatFailsWhileBeingCancelledIsSuppressedAndNotReportedAgain(TestRuntime runtime) throws Exception {
        var first = new IOException("first");
        var second = new IllegalStateException("second");
        runtime.run(() -> {
            var started = new Gate();
            var given = createTask(() -> {
                started.open();
                return failWith(second);
            });
            assertThatThrownBy(() -> gather(given, () -> {
                        started.await();
                        throw first;
                    }))
                    .isSameAs(first);
        });
        assertThat(Suppressed.in(first)).containsExactly(second);
    }

    @OnEveryRuntime
    void g9_childThatFailsWhileTheGatherIsCancelledIsSuppressedIntoTheCancellation(TestRuntime runtime)
            throws Exception {
        var failure = new IllegalStateException("in the clean-up");
        runtime.run(() -> {
            var started = new Gate();
            var gathering = createTask(() -> gather(() -> {
                started.open();
                return failWith(failure);
            }));
            started.await();
            gathering.cancel();
            assertThatThrownBy(gathering::await)
                    .isInstanceOf(CancellationException.class)
                    .cause()
                    .hasSuppressedException(failure);
        });
    }

    @OnEveryRuntime
    void g10_nullIsRejectedBeforeAnythingWasStarted(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var ran = new AtomicBoolean();
            Body<String, RuntimeException> body = () -> {
                ran.set(true);
                return "ran";
            };
            assertThatNullPointerException()
                    .isThrownBy(() -> gather(body, null))
                    .withMessageContaining("bodies[1]");
            assertThatNullPointerException()
                    .isThrownBy(() -> gather(Arrays.asList(body, null)))
                    .withMessageContaining("bodies[1]");
            assertThatNullPointerException()
                    .isThrownBy(() -> gather((Collection<Body<String, RuntimeException>>) null))
                    .withMessageContaining("bodies");
            assertThat(allTasks()).hasSize(1).allMatch(task -> task == self());
            assertThat(ran).isFalse();
        });
    }

    @OnEveryRuntime
    void g11_cancelThatArrivesAfterTheEndIsRefusedAndTheResultDelivered(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var gathering = createTask(() -> gather(() -> "a", () -> "b"));
            Tasks.join(gathering);
            assertThat(gathering.cancel()).isFalse();
            assertThat(gathering.isCancelled()).isFalse();
            assertThat(gathering.await()).containsExactly("a", "b");
        });
    }

    @OnEveryRuntime
    void g13_cancellingAShieldedGatherLeavesTheGatherAndItsChildrenRunning(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var started = new Gate();
            var mayEnd = new Gate();
            var gathering = createTask(() -> gather(
                    () -> {
                        started.open();
                        mayEnd.await();
                        return "a";
                    },
                    () -> {
                        mayEnd.await();
                        return "b";
                    }));
            var waiter = createTask(() -> shield(gathering));
            started.await();
            waiter.cancel();
            assertThatThrownBy(waiter::await).isInstanceOf(CancellationException.class);
            assertThat(staysPending(gathering)).isTrue();
            assertThat(gathering.cancelling()).isZero();
            mayEnd.open();
            assertThat(gathering.await()).containsExactly("a", "b");
        });
    }

    @OnEveryRuntime
    void g14_cancellingAGatherOfShieldsLeavesTheShieldedRunning(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var mayEnd = new Gate();
            var first = createTask(() -> {
                mayEnd.await();
                return "a";
            });
            var second = createTask(() -> {
                mayEnd.await();
                return "b";
            });
            var entered = new Gate();
            var gathering = createTask(() -> gather(() -> shield(first), () -> {
                entered.open();
                return shield(second);
            }));
            entered.await();
            gathering.cancel();
            assertThatThrownBy(gathering::await).isInstanceOf(CancellationException.class);
            assertThat(first.isDone()).isFalse();
            assertThat(second.isDone()).isFalse();
            assertThat(first.cancelling() + second.cancelling()).isZero();
            mayEnd.open();
            assertThat(gather(first, second)).containsExactly("a", "b");
        });
    }

    private static String failWith(RuntimeException failureInCleanUp) throws InterruptedException {
        try {
            return sleep(FOREVER, "never");
        } catch (CancelledException e) {
            throw failureInCleanUp;
        }
    }
}
