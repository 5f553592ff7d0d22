package dev.weft;

import static dev.weft.Tasks.self;
import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** C: taking a request to stop back. */
class UncancelTest {

    @OnEveryRuntime
    void c5_taskRunsOnAfterUncancelAndCanBeCancelledAgain(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var started = new Gate();
            var wentOn = new Gate();
            var task = createTask(() -> {
                try {
                    started.open();
                    sleep(FOREVER);
                } catch (CancelledException e) {
                    assertThat(self().cancelling()).isEqualTo(1);
                    assertThat(self().uncancel()).isZero();
                    assertThat(self().cancelling()).isZero();
                    assertThat(self().toString()).startsWith("<Task pending ");
                }
                sleep(Duration.ZERO);
                wentOn.open();
                return sleep(FOREVER, "never");
            });
            started.await();
            assertThat(task.cancel()).isTrue();
            wentOn.await();
            assertThat(task.cancelling()).isZero();
            assertThat(task.cancel()).isTrue();
            assertThatThrownBy(task::await).isInstanceOf(CancellationException.class);
        });
    }

    @OnEveryRuntime
    void c5_uncancelAfterTheEndDoesNothing(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var cancelled = createTask(new SleepingBody());
            cancelled.cancel();
            var finished = createTask(() -> "a");
            Tasks.join(cancelled, finished);
            var requests = cancelled.cancelling();
            assertThat(cancelled.uncancel()).isEqualTo(requests);
            assertThat(cancelled.cancelling()).isEqualTo(requests);
            assertThat(cancelled.isCancelled()).isTrue();
            assertThat(finished.uncancel()).isZero();
            assertThat(finished.await()).isEqualTo("a");
        });
    }

    @OnEveryRuntime
    void c5_uncancelWithoutARequestStaysAtZero(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            assertThat(self().uncancel()).isZero();
            assertThat(self().cancelling()).isZero();
            self().cancel();
            assertThatThrownBy(() -> sleep(Duration.ZERO)).isInstanceOf(CancelledException.class);
            assertThat(self().uncancel()).isZero();
        });
    }

    @OnEveryRuntime
    void c6_blockThatTakesItsOwnRequestBackLetsTheCodeAfterItRun(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var log = new CopyOnWriteArrayList<String>();
            var task = createTask(() -> {
                block("block", log, () -> {
                    self().cancel("block");
                    sleep(FOREVER);
                });
                sleep(Duration.ofMillis(1));
                return "after";
            });
            assertThat(task.await()).isEqualTo("after");
            assertThat(log).containsExactly("block stopped");
        });
    }

    @OnEveryRuntime
    void c6_requestFromElsewherePassesThroughTheBlock(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var log = new CopyOnWriteArrayList<String>();
            var task = createTask(() -> {
                block("block", log, () -> {
                    self().cancel("block");
                    self().cancel("elsewhere");
                    sleep(FOREVER);
                });
                log.add("after");
            });
            assertThatThrownBy(task::await).isInstanceOf(CancellationException.class);
            assertThat(log).containsExactly("block cancelled");
        });
    }

    @OnEveryRuntime
    void c6_ofTwoNestedBlocksThatBothAskedOnlyTheOuterConverts(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var log = new CopyOnWriteArrayList<String>();
            var task = createTask(() -> {
                block("outer", log, () -> {
                    block("inner", log, () -> {
                        self().cancel("inner");
                        self().cancel("outer");
                        sleep(FOREVER);
                    });
                    log.add("after inner");
                });
                return sleep(Duration.ofMillis(1), "after");
            });
            assertThat(task.await()).isEqualTo("after");
            assertThat(log).containsExactly("inner cancelled", "outer stopped");
        });
    }

    @OnEveryRuntime
    void c7_uncancelBeforeDeliveryWithdrawsTheRequest(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var task = createTask(() -> {
                self().cancel();
                assertThat(self().uncancel()).isZero();
                sleep(Duration.ZERO);
                sleep(Duration.ofMillis(1));
                assertThat(Thread.currentThread().isInterrupted()).isFalse();
                return "a";
            });
            assertThat(task.await()).isEqualTo("a");
        });
    }

    @OnEveryRuntime
    void c7_withoutAWaitTheTaskReturnsNormally(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var task = createTask(() -> {
                self().cancel();
                self().uncancel();
                return "a";
            });
            assertThat(task.await()).isEqualTo("a");
            assertThat(task.isCancelled()).isFalse();
        });
    }

    @OnEveryRuntime
    void c7_oneOfTwoTakenBackLeavesTheOther(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var task = createTask(() -> {
                self().cancel();
                self().cancel();
                assertThat(self().uncancel()).isEqualTo(1);
                return sleep(Duration.ZERO, "a");
            });
            assertThatThrownBy(task::await).isInstanceOf(CancellationException.class);
        });
    }

    /** There a task does not begin before its creator waits. */
    @Test
    void c7_requestTakenBackBeforeTheTaskBeginsLetsItRun() throws Exception {
        TestRuntime.EVENT_LOOP.run(() -> {
            var task = createTask(() -> sleep(Duration.ZERO, "a"));
            task.cancel();
            assertThat(task.uncancel()).isZero();
            assertThat(task.await()).isEqualTo("a");
        });
    }

    /**
     * What a timeout does, for one whose request is made by the block itself: takes it back, and makes an end of its
     * own of the cancellation if nobody else has asked.
     */
    private static <X extends Exception> void block(String name, CopyOnWriteArrayList<String> log, VoidBody<X> body)
            throws X, InterruptedException {
        try {
            body.execute();
        } catch (CancelledException e) {
            if (self().uncancel() > 0) {
                log.add(name + " cancelled");
                throw e;
            }
            log.add(name + " stopped");
        }
    }
}
