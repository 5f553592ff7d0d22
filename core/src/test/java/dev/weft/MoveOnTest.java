package dev.weft;

import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.cancellable;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.moveOnAfter;
import static dev.weft.Weft.moveOnAt;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/** J33: a limit that returns, and a block that is cancelled by its handle. */
class MoveOnTest {

    @OnEveryRuntime
    void j33_limitPasses_emptyIsReturned(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            assertThat(moveOnAfter(ofMillis(1), () -> sleep(FOREVER, "never"))).isEmpty();
            assertThat(moveOnAt(Deadline.after(ofMillis(1)), () -> sleep(FOREVER, "never")))
                    .isEmpty();
            assertThat(moveOnAfter(ZERO, () -> sleep(FOREVER, "never"))).isEmpty();
            boolean ended = moveOnAfter(ofMillis(1), () -> {
                sleep(FOREVER);
            });
            assertThat(ended).isFalse();
            sleep(ZERO);
        });
    }

    @OnEveryRuntime
    void j33_bodyEndsInTime_itsValueIsReturned(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            assertThat(moveOnAfter(ofHours(1), () -> "value")).contains("value");
            assertThat(moveOnAt(Deadline.never(), () -> "value")).contains("value");
            boolean ended = moveOnAfter(ofHours(1), () -> {
                sleep(ZERO);
            });
            assertThat(ended).isTrue();
            assertThatThrownBy(() -> moveOnAfter(ofHours(1), () -> fail(new IOException("boom"))))
                    .isInstanceOf(IOException.class)
                    .hasNoSuppressedExceptions();
            assertThatThrownBy(() -> moveOnAfter(ofHours(1), () -> (String) null))
                    .isInstanceOf(NullPointerException.class)
                    .hasMessageContaining("without a result");
        });
    }

    @OnEveryRuntime
    void j33_otherLimits_areThrown(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            assertThatThrownBy(() -> moveOnAfter(ofHours(1), () -> timeout(ofMillis(1), () -> sleep(FOREVER, ""))))
                    .isInstanceOf(TimeoutException.class)
                    .hasMessageContaining("1ms");
            assertThatThrownBy(() -> timeout(ofMillis(1), () -> moveOnAfter(ofHours(1), () -> sleep(FOREVER, ""))))
                    .isInstanceOf(TimeoutException.class)
                    .hasMessageContaining("1ms");
            assertThat(moveOnAfter(ofMillis(1), () -> moveOnAfter(ofHours(1), () -> sleep(FOREVER, ""))))
                    .isEmpty();
            assertThat(moveOnAfter(ofHours(1), () -> moveOnAfter(ofMillis(1), () -> sleep(FOREVER, ""))))
                    .contains(Optional.empty());
        });
    }

    @OnEveryRuntime
    void j33_bodyFailsInItsCleanUp_thatIsThrown(TestRuntime runtime) throws Exception {
        runtime.run(() -> assertThatThrownBy(() -> moveOnAfter(ofMillis(1), () -> {
                    try {
                        return sleep(FOREVER, "never");
                    } catch (InterruptedException e) {
                        throw new IOException("boom");
                    }
                }))
                .isInstanceOf(IOException.class)
                .satisfies(e -> assertThat(e.getSuppressed()).hasOnlyElementsOfType(DeadlineExceededException.class)));
    }

    @OnEveryRuntime
    void j33_childFailsInItsCleanUp_isReported(TestRuntime runtime) throws Exception {
        var problems = new CopyOnWriteArrayList<Problem>();
        var boom = new IOException("boom");
        runtime.run(problems, () -> {
            var begun = new Gate();
            var left = cancellable(scope -> {
                begun.open();
                return gather(
                        () -> {
                            begun.await();
                            scope.cancel("enough");
                            return sleep(FOREVER, "never");
                        },
                        () -> {
                            try {
                                return sleep(FOREVER, "never");
                            } catch (InterruptedException e) {
                                throw boom;
                            }
                        });
            });
            assertThat(left).isEmpty();
        });
        assertThat(problems)
                .extracting(Problem::exception)
                .as("unless it was thrown")
                .containsExactly(boom);
    }

    @OnEveryRuntime
    void j33_handleIsCancelledByAnotherTask_emptyIsReturned(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var handle = new CompletableFuture<CancelScope>();
            var told = new AtomicReference<CancelledException>();
            var canceller = createTask("canceller", () -> {
                var scope = Weft.await(handle);
                assertThat(scope.cancel("enough")).isTrue();
                scope.cancel("enough!");
            });
            var value = cancellable(scope -> {
                assertThat(scope).hasToString("<CancelScope [active]>");
                handle.complete(scope);
                try {
                    return sleep(FOREVER, "never");
                } catch (CancelledException e) {
                    told.set(e);
                    assertThat(scope).hasToString("<CancelScope [cancelling]>");
                    throw e;
                }
            });
            assertThat(value).isEmpty();
            assertThat(told.get().cancellation().reason()).isEqualTo("enough");
            assertThat(told.get().cancellation().origin()).isEqualTo("task 'canceller'");
            var scope = handle.join();
            assertThat(scope.isCancelled()).isTrue();
            assertThat(scope).hasToString("<CancelScope [cancelled]>");
            canceller.await();
            assertThat(Tasks.self().cancelling()).isZero();
            sleep(ZERO);
        });
    }

    @OnEveryRuntime
    void j33_bodyCancelsItself_isToldAtItsNextCancellationPoint(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            boolean ended = cancellable(scope -> {
                scope.cancel();
                sleep(FOREVER);
            });
            assertThat(ended).isFalse();
            assertThat(cancellable(scope -> {
                        scope.cancel();
                        return "after all";
                    }))
                    .contains("after all");
            sleep(ZERO);
        });
    }

    @OnEveryRuntime
    void j33_handleAfterTheEnd_doesNothing(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var scope = cancellable(handle -> handle).orElseThrow();
            assertThat(scope.cancel()).isFalse();
            assertThat(scope.isCancelled()).isFalse();
            assertThat(scope).hasToString("<CancelScope [finished]>");
            sleep(ZERO);
        });
    }

    @OnEveryRuntime
    void j33_outerHandleInTheCleanUpOfAnInnerBlock_outerReturnsEmpty(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var outer = cancellable(outerScope -> {
                return cancellable(scope -> {
                    scope.cancel();
                    try {
                        return sleep(FOREVER, "never");
                    } finally {
                        outerScope.cancel();
                    }
                });
            });
            assertThat(outer).isEmpty();
            var byLimit = cancellable(scope -> {
                return moveOnAfter(ofMillis(1), () -> {
                    try {
                        return sleep(FOREVER, "never");
                    } finally {
                        scope.cancel();
                    }
                });
            });
            assertThat(byLimit).isEmpty();
        });
    }

    @OnEveryRuntime
    void j33_taskIsCancelledToo_thatGoesFirst(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var begun = new Gate();
            var task = createTask(() -> cancellable(scope -> {
                begun.open();
                try {
                    return sleep(FOREVER, "never");
                } finally {
                    scope.cancel();
                }
            }));
            begun.await();
            task.cancel();
            Tasks.join(task);
            assertThat(task.isCancelled()).isTrue();
        });
    }

    @OnAnyThread
    void j33_worksOnAnyThread(AnyThread thread) throws Exception {
        thread.run(() -> {
            assertThat(moveOnAfter(ofMillis(1), () -> sleep(FOREVER, "never"))).isEmpty();
            var handle = new CompletableFuture<CancelScope>();
            Tasks.onForeignThread(() -> handle.get().cancel("from outside"));
            assertThat(cancellable(scope -> {
                        handle.complete(scope);
                        return sleep(ofSeconds(1000), "never");
                    }))
                    .isEmpty();
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        });
    }

    private static String fail(IOException failure) throws IOException {
        throw failure;
    }
}
