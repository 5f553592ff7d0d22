package dev.weft;

import static dev.weft.Weft.*;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** V3: the action of {@code onCancel} takes the interrupt's place, as long as the body ends soon after it. */
class OnCancelInterruptTest {

    /** Waits for {@code closed} as a call that an interrupt does not stop, and tells whether one came. */
    private static boolean interruptedUntil(CompletableFuture<?> closed) {
        closed.join();
        return Thread.currentThread().isInterrupted();
    }

    @OnEveryRuntime
    void v3_cancelledTask_actionRunsAndNoInterruptComes(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var begun = new Gate();
            var interrupted = new AtomicBoolean();
            var closed = new CompletableFuture<Void>();
            var task = createTask(() -> {
                onCancel(
                        () -> closed.complete(null),
                        () -> blocking(() -> {
                            begun.open();
                            interrupted.set(interruptedUntil(closed));
                            throw new IOException("closed");
                        }));
            });
            begun.await();
            task.cancel("stop");
            assertThatThrownBy(task::await)
                    .isInstanceOf(java.util.concurrent.CancellationException.class)
                    .rootCause()
                    .hasMessage("closed");
            assertThat(interrupted).isFalse();
        });
    }

    /** Every kind of request, and every way out. */
    @NotSimulated("a call outside, on whose account the clock stands still")
    @OnEveryRuntime
    void v3_limitOnTheCallersThread_noInterruptComesAndNoneIsLeft(TestRuntime runtime) throws Exception {
        for (var answer : Answer.values()) {
            runtime.run(() -> {
                assertThatExceptionOfType(TimeoutException.class)
                        .as("%s", answer)
                        .isThrownBy(() -> timeout(ofMillis(1), () -> stopped(answer)));
                assertThat(Thread.currentThread().isInterrupted()).isFalse();
                sleep(Duration.ZERO);
            });
        }
    }

    @NotSimulated("a call outside, on whose account the clock stands still")
    @OnEveryRuntime
    void v3_limitAroundAGather_noInterruptComesAndAllEnd(TestRuntime runtime) throws Exception {
        for (var answer : Answer.values()) {
            runtime.run(() -> {
                assertThatExceptionOfType(TimeoutException.class)
                        .as("%s", answer)
                        .isThrownBy(() ->
                                timeout(ofMillis(1), () -> gather(() -> stopped(answer), () -> stopped(answer))));
                sleep(Duration.ZERO);
            });
        }
    }

    /** How a body stops once its action has run. */
    private enum Answer {
        VALUE,
        FAILURE,
        INTERRUPTED,
        INTERRUPTED_IO
    }

    private static String stopped(Answer answer) throws Exception {
        var closed = new CompletableFuture<Void>();
        return onCancel(
                () -> closed.complete(null),
                () -> blocking(() -> {
                    assertThat(interruptedUntil(closed)).isFalse();
                    return switch (answer) {
                        case VALUE -> "cut short";
                        case FAILURE -> throw new IOException("closed");
                        case INTERRUPTED -> throw new InterruptedException("the driver says so");
                        case INTERRUPTED_IO -> throw new java.io.InterruptedIOException("the driver says so");
                    };
                }));
    }

    @NotSimulated("a call outside, on whose account the clock stands still")
    @OnEveryRuntime
    void v3_bodyGoesOnAfterTheAction_isInterrupted(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var ran = new AtomicBoolean();
            var begun = new Gate();
            var task = createTask(() -> onCancel(
                    () -> ran.set(true),
                    ofMillis(2),
                    () -> blocking(() -> {
                        begun.open();
                        new CountDownLatch(1).await();
                    })));
            begun.await();
            task.cancel();
            assertThatThrownBy(task::await).isInstanceOf(java.util.concurrent.CancellationException.class);
            assertThat(ran).isTrue();
        });
    }

    @Test
    void v3_onAPlainThread_bodyThatGoesOnIsInterrupted() {
        var ran = new AtomicBoolean();
        assertThatExceptionOfType(TimeoutException.class)
                .isThrownBy(() -> timeout(
                        ofMillis(1),
                        () -> onCancel(() -> ran.set(true), Duration.ZERO, () -> Thread.sleep(ofHours(1)))));
        assertThat(ran).isTrue();
        assertThat(Thread.interrupted()).isFalse();
    }

    @NotSimulated("a call outside, on whose account the clock stands still")
    @OnEveryRuntime
    void v3_nestedActions_interruptComesWhenTheLastGraceIsOver(TestRuntime runtime) throws Exception {
        for (var graces : List.of(List.of(0, 2), List.of(2, 0), List.of(1, 1))) {
            runtime.run(() -> {
                var order = new CopyOnWriteArrayList<String>();
                var thrown = catchThrowable(() -> timeout(
                        ofMillis(1),
                        () -> onCancel(
                                () -> order.add("outer"),
                                ofMillis(graces.get(0)),
                                () -> onCancel(
                                        () -> order.add("inner"),
                                        ofMillis(graces.get(1)),
                                        () -> blocking(() -> new CountDownLatch(1).await())))));
                assertThat(thrown).isInstanceOf(TimeoutException.class);
                assertThat(order).containsExactlyInAnyOrder("outer", "inner");
            });
        }
    }

    /** The limit is none of the action's business, and stops its body as ever. */
    @NotSimulated("a call outside, on whose account the clock stands still")
    @OnEveryRuntime
    void v3_limitWithinTheBody_interruptsAtOnce(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var ran = new AtomicBoolean();
            onCancel(() -> ran.set(true), FOREVER, () -> {
                assertThatExceptionOfType(TimeoutException.class)
                        .isThrownBy(() -> timeout(ofMillis(1), () -> blocking(() -> new CountDownLatch(1).await())));
            });
            assertThat(ran).isFalse();
        });
    }

    @OnEveryRuntime
    void v3_waitOfWeftsInTheBody_isStoppedAtOnce(TestRuntime runtime) throws Exception {
        runtime.run(() -> assertThatExceptionOfType(TimeoutException.class)
                .isThrownBy(() -> timeout(ofMillis(1), () -> onCancel(() -> {}, FOREVER, () -> sleep(FOREVER)))));
    }

    @OnEveryRuntime
    void v3_interruptThatWasSentBefore_isTakenBackAndComesAfterTheBlock(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var within = new AtomicBoolean(true);
            var after = new AtomicBoolean();
            var task = createTask(() -> {
                currentTask().orElseThrow().cancel();
                assertThat(Thread.currentThread().isInterrupted()).isTrue();
                onCancel(() -> {}, () -> within.set(Thread.currentThread().isInterrupted()));
                after.set(Thread.currentThread().isInterrupted());
                sleep(FOREVER);
            });
            assertThatThrownBy(task::await).isInstanceOf(java.util.concurrent.CancellationException.class);
            assertThat(within).isFalse();
            assertThat(after).isTrue();
        });
    }

    /** Two interrupts became one: the one from elsewhere is nobody's to take back. */
    @OnEveryRuntime
    void v3_interruptFromElsewhereBefore_staysOnTheThread(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var within = new AtomicBoolean();
            var task = createTask(() -> {
                Thread.currentThread().interrupt();
                currentTask().orElseThrow().cancel();
                onCancel(() -> {}, () -> within.set(Thread.currentThread().isInterrupted()));
            });
            var _ = catchThrowable(task::await);
            assertThat(within).isTrue();
        });
    }

    @OnEveryRuntime
    void v3_shieldEndsWithinTheBody_actionRunsInPlaceOfTheInterrupt(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var closed = new CompletableFuture<Void>();
            var interrupted = new AtomicBoolean(true);
            var begun = new Gate();
            var cancelled = new Gate();
            var task = createTask(() -> {
                onCancel(() -> closed.complete(null), () -> {
                    uninterrupted(() -> {
                        begun.open();
                        cancelled.await();
                    });
                    blocking(() -> interrupted.set(interruptedUntil(closed)));
                });
            });
            begun.await();
            task.cancel();
            cancelled.open();
            var _ = catchThrowable(task::await);
            assertThat(interrupted).isFalse();
        });
    }

    @OnEveryRuntime
    void v3_actionThrowsACheckedException_itIsSuppressed(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var failure = new IOException("connection does not exist");
            assertThatExceptionOfType(TimeoutException.class)
                    .isThrownBy(() -> timeout(
                            ofMillis(1),
                            () -> onCancel(
                                    () -> {
                                        throw failure;
                                    },
                                    () -> sleep(FOREVER))))
                    .satisfies(e -> assertThat(e.getCause().getSuppressed()).containsExactly(failure));
        });
    }

    /** Its stack tells where it hangs. */
    @NotSimulated("the action blocks outside, where the clock stands still")
    @OnEveryRuntime
    void v3_actionThatHangs_isReportedAndTheBodyInterrupted(TestRuntime runtime) throws Exception {
        var problems = new CopyOnWriteArrayList<Problem>();
        var interrupted = new CompletableFuture<Void>();
        var release = new CountDownLatch(1);
        try (var runner = runtime.builder()
                .cancellationGrace(ofMillis(5))
                .onProblem(problem -> {
                    problems.add(problem);
                    if (problem.message().contains("onCancel action")) {
                        release.countDown();
                    }
                })
                .build()) {
            runner.run(() -> {
                assertThatExceptionOfType(TimeoutException.class)
                        .isThrownBy(() -> timeout(
                                ofMillis(1),
                                () -> onCancel(
                                        () -> hang(release),
                                        () -> blocking(() -> {
                                            try {
                                                new CountDownLatch(1).await();
                                            } catch (InterruptedException e) {
                                                interrupted.complete(null);
                                                throw e;
                                            }
                                        }))));
            });
        }
        assertThat(interrupted).isCompleted();
        assertThat(problems)
                .filteredOn(problem -> problem.message().contains("onCancel action"))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.kind()).isEqualTo(Problem.Kind.IGNORES_CANCELLATION);
                    assertThat(problem.exception().getStackTrace())
                            .anyMatch(frame -> frame.getMethodName().equals("hang"));
                });
    }

    private static void hang(CountDownLatch release) throws InterruptedException {
        release.await();
    }

    @Test
    void v3_negativeTime_isRefused() {
        assertThatThrownBy(() -> onCancel(() -> {}, ofMillis(-1), () -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT-0.001S");
    }
}
