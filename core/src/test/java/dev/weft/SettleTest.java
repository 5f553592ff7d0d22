package dev.weft;

import static dev.weft.Tasks.reasonOf;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.settle;
import static dev.weft.Weft.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;

/** G: settle, which is gather with return_exceptions=True. */
class SettleTest {

    @OnEveryRuntime
    void g3_settleWaitsForAllAndFailuresStandInTheirPlaces(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var failure = new IOException("boom");
            var failed = new Gate();
            List<Outcome<String>> outcomes = settle(
                    () -> "a",
                    () -> {
                        failed.open();
                        throw failure;
                    },
                    () -> {
                        failed.await();
                        return sleep(Duration.ofMillis(2), "c");
                    });
            assertThat(outcomes)
                    .containsExactly(
                            new Outcome.Success<>("a"), new Outcome.Failure<>(failure), new Outcome.Success<>("c"));
        });
    }

    @OnEveryRuntime
    void g3_failuresOfGivenTasksAreLookedAtByThat(TestRuntime runtime) throws Exception {
        var failure = new IOException("boom");
        runtime.run(
                () -> { // which fails if a problem is reported
                    Task<String> failed = createTask(() -> {
                        throw failure;
                    });
                    assertThat(settle(failed)).containsExactly(new Outcome.Failure<>(failure));
                });
    }

    @OnEveryRuntime
    void g4_settleOfNothingReturnsAnEmptyList(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            List<Outcome<String>> outcomes = settle();
            assertThat(outcomes).isEmpty();
        });
    }

    @OnEveryRuntime
    void g6_cancelledChildIsAnElement(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var victimBody = new SleepingBody();
            var victim = createTask(victimBody);
            var outcomes = settle(() -> "a", victim, () -> {
                victimBody.started.await();
                victim.cancel("not needed");
                return sleep(Duration.ofMillis(2), "c");
            });
            assertThat(outcomes).hasSize(3);
            assertThat(outcomes.get(0)).isEqualTo(new Outcome.Success<>("a"));
            assertThat(outcomes.get(1)).isInstanceOfSatisfying(Outcome.Cancelled.class, cancelled -> {
                assertThat(cancelled.cancellation().reason()).isEqualTo("not needed");
                assertThat(cancelled.exception()).isSameAs(victimBody.interruption());
            });
            assertThat(outcomes.get(2)).isEqualTo(new Outcome.Success<>("c"));
        });
    }

    @OnEveryRuntime
    void g7_sameTaskGivenTwiceSettlesBothPlaces(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var task = createTask(() -> "a");
            assertThat(settle(task, task)).containsExactly(new Outcome.Success<>("a"), new Outcome.Success<>("a"));
        });
    }

    @OnEveryRuntime
    void g12_settleNeverSwallowsItsOwnCancellationAndKeepsTheReason(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var reason = new Object();
            var first = new SleepingBody();
            var second = new SleepingBody();
            var seenInside = new AtomicReference<CancelledException>();
            var settling = createTask(() -> {
                try {
                    return settle(first, second);
                } catch (CancelledException e) {
                    seenInside.set(e);
                    throw e;
                }
            });
            first.started.await();
            second.started.await();
            assertThat(settling.cancel(reason)).isTrue();
            assertThatThrownBy(settling::await).isInstanceOfSatisfying(CancellationException.class, thrown -> {
                assertThat(reasonOf(thrown)).isSameAs(reason);
                assertThat(thrown.getCause()).isSameAs(seenInside.get());
            });
            assertThat(seenInside.get().cancellation().reason()).isSameAs(reason);
            assertThat(first.hasEnded()).isTrue();
            assertThat(second.hasEnded()).isTrue();
        });
    }

    @OnEveryRuntime
    void g12_settleIsCancelledAlsoIfItsChildrenIgnoreThat(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var started = new Gate();
            var mayEnd = new Gate();
            var settling = createTask(() -> settle(() -> {
                started.open();
                mayEnd.awaitStubbornly();
                return "a";
            }));
            started.await();
            settling.cancel("enough");
            mayEnd.open();
            assertThatThrownBy(settling::await)
                    .isInstanceOfSatisfying(
                            CancellationException.class,
                            thrown -> assertThat(reasonOf(thrown)).isEqualTo("enough"));
        });
    }
}
