package dev.weft;

import static dev.weft.GroupFailures.membersThrownBy;
import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.currentTask;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.taskGroup;
import static dev.weft.Weft.timeout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/** {@link TaskGroup#cancel}: an end that is no failure. */
class TaskGroupCancelTest {

    @OnEveryRuntime
    void tg33_cancelInBody_endsChildrenAndBodyWithoutAnException(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var child = new HangingBody();
            var children = new ArrayList<Task<?>>();
            var bodyCaught = new AtomicReference<Throwable>();
            String result = taskGroup(group -> {
                children.add(group.createTask(child));
                child.awaitStarted();
                group.cancel();
                try {
                    sleep(FOREVER);
                } catch (InterruptedException e) {
                    bodyCaught.set(e);
                    throw e;
                }
                return "not reached";
            });
            assertThat(result).isNull();
            assertThat(bodyCaught.get()).isInstanceOf(CancelledException.class);
            assertThat(child.wasCancelled()).isTrue();
            assertThat(children.getFirst().isCancelled()).isTrue();
            assertNoRequestStands();
        });
    }

    @OnEveryRuntime
    void tg33_cancelByAnotherTask_endsTheWaitForChildren(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var child = new HangingBody();
            var escaped = new AtomicReference<TaskGroup>();
            var parent = createTask(() -> {
                var result = taskGroup(group -> {
                    escaped.set(group);
                    group.createTask(child);
                    return "body";
                });
                assertNoRequestStands();
                return result;
            });
            child.awaitStarted();
            escaped.get().cancel();
            assertThat(parent.await()).isEqualTo("body");
            assertThat(child.wasCancelled()).isTrue();
        });
    }

    @OnEveryRuntime
    void tg33_cancelAsTheFirstStatement_takesEffectAtTheFirstWait(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var wentOn = new AtomicBoolean();
            taskGroup(group -> {
                group.cancel();
                sleep(Duration.ZERO);
                wentOn.set(true);
            });
            assertThat(wentOn).isFalse();
            assertNoRequestStands();
        });
    }

    @OnEveryRuntime
    void tg33_bodyReturnsAfterCancel_keepsItsResult(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var result = taskGroup(group -> {
                group.createTask(() -> sleep(FOREVER));
                group.cancel();
                return "kept";
            });
            assertThat(result).isEqualTo("kept");
            assertNoRequestStands();
        });
    }

    @OnEveryRuntime
    void tg33_createTaskAfterCancel_isRejected(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var ran = new AtomicBoolean();
            var rejection = taskGroup(group -> {
                group.cancel();
                return catchThrowable(() -> group.createTask(() -> ran.set(true)));
            });
            assertThat(rejection).isInstanceOf(IllegalStateException.class).hasMessageContaining("shutting down");
            assertThat(ran).isFalse();
        });
    }

    @OnEveryRuntime
    void tg33_cancelTwiceAndAfterTheEnd_changesNothing(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var escaped = new AtomicReference<TaskGroup>();
            taskGroup(group -> {
                escaped.set(group);
                group.cancel();
                group.cancel();
                assertThatThrownBy(() -> sleep(FOREVER)).isInstanceOf(CancelledException.class);
                group.cancel();
                sleep(Duration.ZERO); // the request has been delivered, and there is but one
            });
            assertNoRequestStands();
            escaped.get().cancel();
            assertNoRequestStands();
        });
    }

    @OnEveryRuntime
    void tg33_childFailsInItsCleanUpAfterCancel_isThrown(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var boom = new IOException("boom");
            var started = new Gate();
            var members = membersThrownBy(() -> taskGroup(group -> {
                group.createTask(() -> {
                    started.open();
                    assertThatThrownBy(() -> sleep(FOREVER)).isInstanceOf(CancelledException.class);
                    throw boom;
                });
                started.await();
                group.cancel();
                sleep(FOREVER);
            }));
            assertThat(members).containsExactly(boom);
            assertNoRequestStands();
        });
    }

    @OnEveryRuntime
    void tg34_childCancelsGroupBeforeItsFirstWait_isCancelledItself(TestRuntime runtime) throws Exception {
        runtime.run(() -> assertCancellingChildIsCancelled(TaskOptions.defaults()));
    }

    @OnEveryRuntime
    void tg34_childCancelsGroupWhileBeingCreated_isCancelledItself(TestRuntime runtime) throws Exception {
        runtime.run(
                () -> assertCancellingChildIsCancelled(TaskOptions.defaults().eagerStart(true)));
    }

    private static void assertCancellingChildIsCancelled(TaskOptions options) throws Exception {
        var childCaught = new AtomicReference<Throwable>();
        var children = new ArrayList<Task<?>>();
        taskGroup(group -> {
            children.add(group.createTask(options, () -> {
                group.cancel();
                try {
                    sleep(FOREVER);
                } catch (InterruptedException e) {
                    childCaught.set(e);
                    throw e;
                }
            }));
        });
        assertThat(childCaught.get()).isInstanceOf(CancelledException.class);
        assertThat(children.getFirst().isCancelled()).isTrue();
        assertNoRequestStands();
    }

    @OnEveryRuntime
    void tg34_childCancelsGroupWhileBeingCreated_isToldOnce(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var created = new Gate();
            var cleanedUp = new AtomicBoolean();
            taskGroup(group -> {
                group.createTask(TaskOptions.defaults().eagerStart(true), () -> {
                    group.cancel();
                    try {
                        sleep(FOREVER);
                    } finally {
                        created.await();
                        Yielding.stubbornly(3);
                        sleep(Duration.ZERO);
                        cleanedUp.set(true);
                    }
                });
                created.open();
            });
            assertThat(cleanedUp).isTrue();
        });
    }

    @OnEveryRuntime
    void tg35_cancelledFromOutsideWhileGroupCancelUnwinds_isNotSwallowed(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var unwinding = new Gate();
            var keeper = new StubbornBody();
            var parent = createTask(() -> {
                var thrown = catchThrowable(() -> taskGroup(group -> {
                    group.createTask(keeper);
                    keeper.awaitStarted();
                    group.cancel();
                    try {
                        sleep(FOREVER);
                    } finally {
                        unwinding.open();
                    }
                }));
                sleep(Duration.ZERO); // told once
                return thrown;
            });
            unwinding.await();
            parent.cancel("from outside");
            keeper.release();
            assertThat(parent.await())
                    .isInstanceOfSatisfying(
                            CancelledException.class,
                            e -> assertThat(e.cancellation().reason()).isEqualTo("from outside"));
        });
    }

    @OnEveryRuntime
    void tg35_cancelledWhileBodyUnwinds_isToldTheReasonOnce(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var parent = createTask(() -> {
                var me = currentTask().orElseThrow();
                var thrown = catchThrowable(() -> taskGroup(group -> {
                    group.cancel();
                    try {
                        sleep(FOREVER);
                    } finally {
                        me.cancel("not by the group");
                    }
                }));
                assertThat(me.cancelling()).isEqualTo(1);
                sleep(Duration.ZERO); // told once
                return thrown;
            });
            assertThat(parent.await())
                    .isInstanceOfSatisfying(
                            CancelledException.class,
                            e -> assertThat(e.cancellation().reason()).isEqualTo("not by the group"));
        });
    }

    @OnEveryRuntime
    void tg35_cancelledFromOutsideAfterBodyHasReturned_isNotSwallowed(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var bodyDone = new Gate();
            var keeper = new StubbornBody();
            var parent = createTask(() -> catchThrowable(() -> taskGroup(group -> {
                group.createTask(keeper);
                keeper.awaitStarted();
                group.cancel();
                bodyDone.open();
            })));
            bodyDone.await();
            parent.cancel("from outside");
            keeper.release();
            assertThat(parent.await()).isInstanceOf(CancelledException.class);
        });
    }

    @OnEveryRuntime
    void tg35_timeoutExpiresWhileGroupCancelUnwinds_isNotSwallowed(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var keeperStarted = new Gate();
            var thrown = catchThrowable(() -> timeout(Duration.ofHours(1), limit -> {
                taskGroup(group -> {
                    group.createTask(() -> {
                        keeperStarted.open();
                        Yielding.until(limit::expired);
                    });
                    keeperStarted.await();
                    group.cancel();
                    limit.reschedule(Duration.ZERO);
                    sleep(FOREVER);
                });
            }));
            assertThat(thrown).isInstanceOf(TimeoutException.class);
            assertNoRequestStands();
        });
    }

    private static void assertNoRequestStands() throws InterruptedException {
        assertThat(currentTask().orElseThrow().cancelling()).isZero();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        sleep(Duration.ZERO);
    }

    @OnEveryRuntime
    void tg33_childThatIsStoppedWithOthersKnowsWhereOnlyInDebugMode(TestRuntime runtime) throws Exception {
        assertThat(framesToldToAChild(runtime, false)).isEmpty();
        assertThat(framesToldToAChild(runtime, true)).isNotEmpty();
    }

    private static StackTraceElement[] framesToldToAChild(TestRuntime runtime, boolean debug) throws Exception {
        var told = new AtomicReference<CancelledException>();
        try (var runner = runtime.builder().debug(debug).build()) {
            runner.run(() -> Weft.taskGroup(group -> {
                var begun = new Gate();
                group.createTask(() -> {
                    begun.open();
                    try {
                        Weft.sleep(Weft.FOREVER);
                    } catch (CancelledException e) {
                        told.set(e);
                        throw e;
                    }
                });
                begun.await();
                group.cancel();
            }));
        }
        assertThat(told.get()).hasMessageContaining("the group was cancelled");
        return told.get().getStackTrace();
    }
}
