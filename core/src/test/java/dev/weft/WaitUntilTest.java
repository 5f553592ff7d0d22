package dev.weft;

import static dev.weft.ReturnWhen.ALL_COMPLETED;
import static dev.weft.ReturnWhen.FIRST_COMPLETED;
import static dev.weft.ReturnWhen.FIRST_EXCEPTION;
import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.waitUntil;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** W: waitUntil. */
class WaitUntilTest {

    @OnEveryRuntime
    void w1_returnsSetsOfTheGivenTasksInTheirOrder(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var secondHasEnded = new Gate();
            var first = createTask(() -> {
                secondHasEnded.await();
                return "a";
            });
            var second = createTask(() -> {
                secondHasEnded.open();
                return "b";
            });
            var waited = waitUntil(ALL_COMPLETED, List.of(first, second));
            assertThat(waited.done()).containsExactly(first, second).isUnmodifiable();
            assertThat(waited.pending()).isEmpty();
        });
    }

    @OnEveryRuntime
    void w1_waitingAgainOnEndedTasksReturnsAtOnce(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var task = createTask(() -> "a");
            waitUntil(ALL_COMPLETED, List.of(task));
            for (var when : ReturnWhen.values()) {
                assertThat(waitUntil(when, List.of(task)).done()).containsExactly(task);
                assertThat(waitUntil(when, List.of(task), FOREVER).done()).containsExactly(task);
                assertThat(waitUntil(when, List.of(task), Duration.ZERO).done()).containsExactly(task);
            }
        });
    }

    @OnEveryRuntime
    void w2_taskGivenTwiceCountsOnce(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var task = createTask(() -> "a");
            var sleeper = createTask(new SleepingBody());
            var waited = waitUntil(FIRST_COMPLETED, List.of(task, sleeper, task, sleeper));
            assertThat(waited.done()).containsExactly(task);
            assertThat(waited.pending()).containsExactly(sleeper);
        });
    }

    @OnEveryRuntime
    void w3_noTasksOrNullAreRejected(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            assertThatIllegalArgumentException().isThrownBy(() -> waitUntil(ALL_COMPLETED, List.<Task<String>>of()));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> waitUntil(ALL_COMPLETED, List.<Task<String>>of(), Duration.ZERO));
            var task = createTask(() -> "a");
            assertThatNullPointerException().isThrownBy(() -> waitUntil(null, List.of(task)));
            assertThatNullPointerException().isThrownBy(() -> waitUntil(ALL_COMPLETED, Arrays.asList(task, null)));
            assertThatNullPointerException().isThrownBy(() -> waitUntil(ALL_COMPLETED, List.of(task), null));
        });
    }

    @OnEveryRuntime
    void w4_firstCompletedLeavesTheRestPendingAndRunning(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var mayEnd = new Gate();
            var slow = createTask(() -> {
                mayEnd.await();
                return "slow";
            });
            var quick = createTask(() -> "quick");
            var waited = waitUntil(FIRST_COMPLETED, List.of(slow, quick));
            assertThat(waited.done()).containsExactly(quick);
            assertThat(waited.pending()).containsExactly(slow);
            assertThat(slow.cancelling()).isZero();
            mayEnd.open();
            assertThat(slow.await()).isEqualTo("slow");
        });
    }

    @OnEveryRuntime
    void w5_allThatHaveEndedAreDoneThoughTheFirstWouldDo(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var first = createTask(() -> "a");
            var second = createTask(() -> "b");
            Tasks.join(first, second);
            assertThat(waitUntil(FIRST_COMPLETED, List.of(first, second)).done())
                    .containsExactly(first, second);
        });
    }

    /** There the second ends in the turn between the first one's end and the waiter's going on. */
    @Test
    void w5_taskThatEndsBeforeTheWaiterResumesIsDoneToo() throws Exception {
        TestRuntime.EVENT_LOOP.run(() -> {
            var first = createTask(() -> "a");
            var second = createTask(() -> "b");
            var waited = waitUntil(FIRST_COMPLETED, List.of(first, second));
            assertThat(waited.done()).containsExactly(first, second);
            assertThat(waited.pending()).isEmpty();
        });
    }

    @OnEveryRuntime
    void w6_firstExceptionFiresOnOneThatIsThereAlready(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            Task<String> failed = createTask(() -> {
                throw new IOException("boom");
            });
            Tasks.join(failed);
            var sleeper = createTask(new SleepingBody());
            var waited = waitUntil(FIRST_EXCEPTION, List.of(sleeper, failed));
            assertThat(waited.done()).containsExactly(failed);
            assertThat(waited.pending()).containsExactly(sleeper);
            assertThat(failed.exception()).hasMessage("boom");
        });
    }

    @OnEveryRuntime
    void w6_firstExceptionFiresOnOneRaisedDuringTheWaitAndNotOnResults(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var finished = createTask(() -> "a");
            Task<String> failing = createTask(() -> {
                finished.await();
                sleep(Duration.ofMillis(2));
                throw new IOException("boom");
            });
            var sleeper = createTask(new SleepingBody());
            var waited = waitUntil(FIRST_EXCEPTION, List.of(finished, sleeper, failing));
            assertThat(waited.done()).containsExactly(finished, failing);
            assertThat(waited.pending()).containsExactly(sleeper);
            assertThat(failing.exception()).hasMessage("boom");
        });
    }

    @OnEveryRuntime
    void w6_firstExceptionWithoutAnyWaitsForAll(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var first = createTask(() -> "a");
            var second = createTask(() -> sleep(Duration.ofMillis(2), "b"));
            assertThat(waitUntil(FIRST_EXCEPTION, List.of(first, second)).done())
                    .containsExactly(first, second);
        });
    }

    @OnEveryRuntime
    void w7_whatATaskThrewIsNotThrownHere(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var failure = new IOException("boom");
            Task<String> failing = createTask(() -> {
                throw failure;
            });
            var cancelled = createTask(new SleepingBody());
            cancelled.cancel();
            assertThat(waitUntil(ALL_COMPLETED, List.of(failing, cancelled)).done())
                    .containsExactly(failing, cancelled);
            assertThat(failing.exception()).isSameAs(failure);
        });
    }

    @OnEveryRuntime
    void w8_limitThatPassesIsNoErrorAndLeavesTheRestPendingAndNotCancelled(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var mayEnd = new Gate();
            var slow = createTask(() -> {
                mayEnd.await();
                return "slow";
            });
            var quick = createTask(() -> "quick");
            Tasks.join(quick);
            var waited = waitUntil(ALL_COMPLETED, List.of(slow, quick), Duration.ofMillis(2));
            assertThat(waited.done()).containsExactly(quick);
            assertThat(waited.pending()).containsExactly(slow);
            assertThat(slow.cancelling()).isZero();
            mayEnd.open();
            assertThat(slow.await()).isEqualTo("slow");
        });
    }

    @OnEveryRuntime
    void w8_limitThatIsNotPositiveOnlyLooks(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var sleeper = createTask(new SleepingBody());
            for (var limit : List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofSeconds(Long.MIN_VALUE))) {
                var waited = waitUntil(ALL_COMPLETED, List.of(sleeper), limit);
                assertThat(waited.done()).isEmpty();
                assertThat(waited.pending()).containsExactly(sleeper);
            }
            assertThat(sleeper.cancelling()).isZero();
        });
    }

    @OnEveryRuntime
    void w9_anyIterableWillDo(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var first = createTask(() -> "a");
            var second = createTask(() -> "b");
            var iterator = List.of(first, second).iterator();
            Iterable<Task<String>> onlyOnce = () -> iterator;
            assertThat(waitUntil(ALL_COMPLETED, onlyOnce).done()).containsExactly(first, second);
            assertThat(waitUntil(ALL_COMPLETED, Set.of(first, second)).done()).containsExactlyInAnyOrder(first, second);
        });
    }

    @OnEveryRuntime
    void w10_cancellingTheWaiterDoesNotCancelTheTasks(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var mayEnd = new Gate();
            var task = createTask(() -> {
                mayEnd.await();
                return "a";
            });
            var seenInside = new AtomicReference<Throwable>();
            var waits = new Gate();
            var waiter = createTask(() -> {
                waits.open();
                try {
                    return waitUntil(ALL_COMPLETED, List.of(task));
                } catch (InterruptedException e) {
                    seenInside.set(e);
                    throw e;
                }
            });
            waits.await();
            waiter.cancel("enough");
            assertThatThrownBy(waiter::await).isInstanceOf(CancellationException.class);
            assertThat(seenInside.get()).isInstanceOf(CancelledException.class);
            assertThat(Tasks.staysPending(task)).isTrue();
            assertThat(task.cancelling()).isZero();
            mayEnd.open();
            assertThat(task.await()).isEqualTo("a");
        });
    }
}
