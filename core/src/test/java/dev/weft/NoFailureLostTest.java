package dev.weft;

import static dev.weft.GroupFailures.foundIn;
import static dev.weft.Tasks.join;
import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.mapConcurrent;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.taskGroup;
import static dev.weft.Weft.timeout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** J7: whatever fails is found in what is thrown: as itself, a cause, suppressed, or a member of a group. */
class NoFailureLostTest {

    private final Exception first = new IOException("first");
    private final Exception second = new IllegalStateException("second");
    private final Exception third = new Exception("third");
    private final Exception fourth = new Exception("fourth");
    private final Gate started = new Gate();
    private final Gate otherStarted = new Gate();

    @OnEveryRuntime
    void j7_twoBodiesThatFail(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var running = new Gate();
            var otherRunning = new Gate();
            var thrown = catchThrowable(() -> gather(
                    () -> {
                        running.open();
                        otherRunning.awaitStubbornly();
                        throw first;
                    },
                    () -> {
                        otherRunning.open();
                        running.awaitStubbornly();
                        throw second;
                    }));
            assertThat(foundIn(thrown)).contains(first, second);
        });
    }

    @OnEveryRuntime
    void j7_failureInCleanUp_whileASiblingsFailureCancels_gather(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var thrown = catchThrowable(
                    () -> gather(failingInCleanUp(started, second), failingAfter(List.of(started), first)));
            assertThat(thrown).isSameAs(first).hasSuppressedException(second);
        });
    }

    @OnEveryRuntime
    void j7_failureInCleanUp_whileASiblingsFailureCancels_taskGroup(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var thrown = catchThrowable(() -> taskGroup(group -> {
                group.createTask(failingInCleanUp(started, second));
                group.createTask(failingAfter(List.of(started), first));
                failingInCleanUp(otherStarted, third).run();
            }));
            assertThat(foundIn(thrown)).contains(first, second, third);
        });
    }

    @OnEveryRuntime
    void j7_failureInCleanUp_whileASiblingsFailureCancels_mapConcurrent(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var bodies = List.of(
                    failingInCleanUp(started, second),
                    failingInCleanUp(otherStarted, third),
                    failingAfter(List.of(started, otherStarted), first));
            var thrown = catchThrowable(() -> mapConcurrent(bodies, 3, Body::run));
            assertThat(thrown).isSameAs(first);
            assertThat(foundIn(thrown)).contains(second, third);
        });
    }

    @OnEveryRuntime
    void j7_failuresWhileTheCallerIsCancelled_gather(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var thrown = thrownWhenCancelled(
                    () -> gather(failingInCleanUp(started, first), failingInCleanUp(otherStarted, second)));
            assertThat(thrown).isInstanceOf(CancelledException.class);
            assertThat(foundIn(thrown)).contains(first, second);
        });
    }

    @OnEveryRuntime
    void j7_failuresWhileTheCallerIsCancelled_taskGroup(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var thrown = thrownWhenCancelled(() -> taskGroup(group -> {
                group.createTask(failingInCleanUp(started, first));
                group.createTask(failingInCleanUp(otherStarted, second));
            }));
            assertThat(thrown).isInstanceOf(ExceptionGroup.class);
            assertThat(foundIn(thrown)).contains(first, second);
        });
    }

    @OnEveryRuntime
    void j7_failuresWhileTheCallerIsCancelled_taskGroupWhoseBlockStillRuns(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var thrown = thrownWhenCancelled(() -> taskGroup(group -> {
                group.createTask(failingInCleanUp(started, first));
                started.await();
                failingInCleanUp(otherStarted, second).run();
            }));
            assertThat(foundIn(thrown)).contains(first, second);
        });
    }

    @OnEveryRuntime
    void j7_failuresWhileTheCallerIsCancelled_mapConcurrent(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var bodies = List.of(failingInCleanUp(started, first), failingInCleanUp(otherStarted, second));
            var thrown = thrownWhenCancelled(() -> mapConcurrent(bodies, 2, Body::run));
            assertThat(foundIn(thrown)).contains(first, second);
        });
    }

    @OnEveryRuntime
    void j7_failureOfAnAwaitedTask_whileTheCallerIsCancelled(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var thrown = thrownWhenCancelled(() -> {
                var awaited = createTask(failingInCleanUp(started, first));
                otherStarted.open();
                awaited.await();
            });
            assertThat(foundIn(thrown)).contains(first);
        });
    }

    @OnEveryRuntime
    void j7_failuresBelowATimeoutThatPasses(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var thrown = catchThrowable(() -> timeout(FOREVER, timeout -> {
                return gather(failingInCleanUp(started, first), failingInCleanUp(otherStarted, second), () -> {
                    started.await();
                    otherStarted.await();
                    timeout.rescheduleAt(Deadline.now());
                    return sleep(FOREVER, "never");
                });
            }));
            assertThat(thrown).isInstanceOf(TimeoutException.class);
            assertThat(foundIn(thrown)).contains(first, second);
        });
    }

    @OnEveryRuntime
    void j7_nested_aFailureOnEveryLevel(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var thirdStarted = new Gate();
            var all = List.of(started, otherStarted, thirdStarted);
            var thrown = catchThrowable(() -> taskGroup(group -> {
                group.createTask(failingInCleanUp(thirdStarted, fourth));
                group.createTask(() -> gather(
                        () -> mapConcurrent(
                                List.of(failingInCleanUp(started, second), failingAfter(all, first)), 2, Body::run),
                        failingInCleanUp(otherStarted, third)));
            }));
            assertThat(foundIn(thrown)).contains(first, second, third, fourth);
        });
    }

    @OnEveryRuntime
    void j7_nested_theCallerIsCancelledFromOutside(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var thirdStarted = new Gate();
            var fourthStarted = new Gate();
            var fifthStarted = new Gate();
            var thrown = thrownWhenCancelled(() -> {
                gather(
                        () -> gather(failingInCleanUp(thirdStarted, first), failingInCleanUp(fourthStarted, second)),
                        () -> {
                            taskGroup(group -> {
                                group.createTask(failingInCleanUp(fifthStarted, third));
                                fifthStarted.await();
                                group.createTask(failingInCleanUp(otherStarted, fourth));
                                thirdStarted.await();
                                fourthStarted.await();
                                otherStarted.await();
                                started.open();
                            });
                            return "never";
                        });
            });
            assertThat(foundIn(thrown)).contains(first, second, third, fourth);
        });
    }

    /** What {@code call} throws in a task that is cancelled once both gates are open. */
    private Throwable thrownWhenCancelled(ThrowingCallable call) throws InterruptedException {
        var thrown = new AtomicReference<Throwable>();
        var caller = createTask(() -> {
            thrown.set(catchThrowable(call));
        });
        started.await();
        otherStarted.await();
        caller.cancel();
        join(caller);
        return thrown.get();
    }

    private static Body<String, Exception> failingAfter(List<Gate> gates, Exception failure) {
        return () -> {
            for (var gate : gates) {
                gate.await();
            }
            throw failure;
        };
    }

    private static Body<String, Exception> failingInCleanUp(Gate started, Exception failure) {
        return () -> {
            started.open();
            try {
                return sleep(FOREVER, "never");
            } catch (InterruptedException e) {
                throw failure;
            }
        };
    }

    @OnEveryRuntime
    void j7_failureBesideAnExceptionThatTakesNoSuppressedOnesIsReported(TestRuntime runtime) throws Exception {
        var problems = new CopyOnWriteArrayList<Problem>();
        var closed = new ClosedException();
        try (var runner = runtime.builder().onProblem(problems::add).build()) {
            runner.run(() -> {
                var thrown = catchThrowable(
                        () -> gather(failingInCleanUp(started, second), failingAfter(List.of(started), closed)));
                assertThat(thrown).isSameAs(closed).hasNoSuppressedExceptions();
            });
        }
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(Problem.Kind.UNATTACHED_FAILURE);
            assertThat(problem.exception()).isSameAs(second);
            assertThat(problem.message()).contains("ClosedException");
        });
    }

    private static final class ClosedException extends Exception {
        private static final long serialVersionUID = 1L;

        ClosedException() {
            super("takes none", null, false, true);
        }
    }
}
