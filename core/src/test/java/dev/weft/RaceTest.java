package dev.weft;

import static dev.weft.GroupFailures.foundIn;
import static dev.weft.Tasks.self;
import static dev.weft.Tasks.staysPending;
import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.allTasks;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.race;
import static dev.weft.Weft.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;

/** J10: race. */
class RaceTest {

    private final Exception first = new IOException("first");
    private final Exception second = new IllegalStateException("second");
    private final Exception third = new Exception("third");

    @OnEveryRuntime
    void j10_firstSuccessWins_losersHaveEnded(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var one = new SleepingBody();
            var other = new SleepingBody();
            var winner = race(one, other, () -> {
                one.started.await();
                other.started.await();
                return "winner";
            });
            assertThat(winner).isEqualTo("winner");
            assertThat(List.of(one, other)).allMatch(SleepingBody::hasEnded);
            assertThat(one.interruption()).isInstanceOf(CancelledException.class);
            assertThat(other.interruption()).isInstanceOf(CancelledException.class);
            assertThat(allTasks()).hasSize(1).allMatch(task -> task == self());
        });
    }

    @OnEveryRuntime
    void j10_waitsForALoserThatIgnoresItsCancellation(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var stubborn = new StubbornBody();
            var racing = createTask(() -> race(
                    () -> {
                        stubborn.execute();
                        return "loser";
                    },
                    () -> {
                        stubborn.awaitStarted();
                        return "winner";
                    }));
            stubborn.awaitStarted();
            assertThat(staysPending(racing)).isTrue();
            stubborn.release();
            assertThat(racing.await()).isEqualTo("winner");
        });
    }

    @OnEveryRuntime
    void j10_aFailureDoesNotEndTheRace(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var failing = createTask(failingAfter(new Gate[0], first));
            assertThat(catchThrowable(failing::await)).isSameAs(first);
            assertThat(race(failing, () -> sleep(Duration.ofMillis(1), "late winner")))
                    .isEqualTo("late winner");
        });
    }

    @OnEveryRuntime
    void j10_givenTasksThatLose_areCancelledAndHaveEnded(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var sleeping = new SleepingBody();
            var loser = createTask(sleeping);
            sleeping.started.await();
            assertThat(race(loser, () -> "winner")).isEqualTo("winner");
            assertThat(loser.isCancelled()).isTrue();
            assertThat(sleeping.hasEnded()).isTrue();
        });
    }

    @OnEveryRuntime
    void j10_nullCanWin(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            Body<String, RuntimeException> nothing = () -> null;
            assertThat(race(List.of(nothing, new SleepingBody()))).isNull();
        });
    }

    @OnEveryRuntime
    void j10_allFail_allFailuresAreFound(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var firstFails = new Gate();
            var secondFails = new Gate();
            var thrown = catchThrowable(() -> race(
                    failingAfter(new Gate[] {secondFails}, third),
                    failingAfter(new Gate[] {firstFails}, second, secondFails),
                    failingAfter(new Gate[0], first, firstFails)));
            assertThat(thrown).isIn(first, second, third);
            assertThat(foundIn(thrown)).contains(first, second, third);
        });
    }

    @OnEveryRuntime
    void j10_allFail_theFirstIsThrown(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var failed = createTask(failingAfter(new Gate[0], first));
            var failsLater = new Gate();
            var later = createTask(failingAfter(new Gate[] {failsLater}, second));
            assertThatThrownBy(failed::await).isSameAs(first);
            var racing = createTask(() -> race(later, failed));
            assertThat(staysPending(racing)).isTrue();
            failsLater.open();
            assertThatThrownBy(racing::await).isSameAs(first).hasSuppressedException(second);
        });
    }

    @OnEveryRuntime
    void j10_allAreCancelledBySomebodyElse(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var sleeping = createTask(new SleepingBody());
            var racing = createTask(() -> catchThrowable(() -> race(sleeping)));
            assertThat(staysPending(racing)).isTrue();
            sleeping.cancel();
            assertThat(racing.await()).isInstanceOf(CancellationException.class);
        });
    }

    @OnEveryRuntime
    void j10_cancelledCaller_leavesNothingBehind_andLosesNoFailure(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var sleeping = new SleepingBody();
            var started = new Gate();
            var racing = createTask(() -> catchThrowable(() -> race(sleeping, () -> {
                started.open();
                try {
                    return sleep(FOREVER, "never");
                } catch (InterruptedException e) {
                    throw first;
                }
            })));
            sleeping.started.await();
            started.await();
            racing.cancel();
            assertThat(foundIn(racing.await())).contains(first).hasAtLeastOneElementOfType(CancelledException.class);
            assertThat(sleeping.hasEnded()).isTrue();
        });
    }

    @OnEveryRuntime
    void j10_noneGiven(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            assertThatIllegalArgumentException().isThrownBy(() -> race(List.<Body<String, RuntimeException>>of()));
        });
    }

    private static Body<String, Exception> failingAfter(Gate[] gates, Exception failure, Gate... opens) {
        return () -> {
            for (var gate : gates) {
                gate.await();
            }
            for (var gate : opens) {
                gate.open();
            }
            throw failure;
        };
    }
}
