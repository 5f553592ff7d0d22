package dev.weft;

import static dev.weft.Tasks.self;
import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.currentTask;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.internal.failure.Sneaky;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** R: run, and what becomes of the tasks that main leaves behind. */
class RunTest {

    @OnEveryRuntime
    void r1_returnsMainsValue(TestRuntime runtime) throws Exception {
        var value = new Object();
        assertThat(runtime.run(() -> sleep(Duration.ZERO, value))).isSameAs(value);
        Object nothing = runtime.run(() -> null);
        assertThat(nothing).isNull();
    }

    @OnEveryRuntime
    void r1_throwsMainsException(TestRuntime runtime) {
        for (var failure : new Throwable[] {new IOException("boom"), new IllegalStateException("boom"), new Broken()}) {
            assertThatThrownBy(() -> runtime.run(() -> {
                        sleep(Duration.ZERO);
                        throw Sneaky.rethrow(failure);
                    }))
                    .isSameAs(failure)
                    .satisfies(e -> assertThat(Suppressed.in(e)).isEmpty());
        }
    }

    @Test
    void r1_withoutARunner() throws Exception {
        assertThat(Weft.run(() -> gather(() -> "a", () -> "b"))).containsExactly("a", "b");
        assertThat(EventLoop.run(() -> gather(() -> "a", () -> "b"))).containsExactly("a", "b");
        var ran = new AtomicBoolean();
        Weft.run(() -> ran.set(true));
        assertThat(ran).isTrue();
        var failure = new IOException("boom");
        VoidBody<IOException> failing = () -> {
            throw failure;
        };
        assertThatThrownBy(() -> Weft.run(failing)).isSameAs(failure);
        assertThatThrownBy(() -> EventLoop.run(failing)).isSameAs(failure);
    }

    @OnEveryRuntime
    void r2_whatCannotBeRunIsRejected(TestRuntime runtime) throws Exception {
        var task = new AtomicReference<Task<String>>();
        runtime.run(() -> {
            task.set(createTask("job", () -> "a"));
            task.get().await();
        });
        assertThatIllegalArgumentException()
                .isThrownBy(() -> runtime.run(task.get()))
                .withMessageContaining("job");
        assertThatNullPointerException()
                .isThrownBy(() -> runtime.run((Body<String, RuntimeException>) null))
                .withMessageContaining("main");
    }

    @OnEveryRuntime
    void r4_runWithinARunIsRejected(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var ran = new AtomicBoolean();
            assertThatIllegalStateException().isThrownBy(() -> Weft.run(() -> ran.set(true)));
            assertThatIllegalStateException().isThrownBy(() -> EventLoop.run(() -> ran.set(true)));
            try (var runner = runtime.builder().build()) {
                assertThatIllegalStateException().isThrownBy(() -> runner.run(() -> ran.set(true)));
            }
            assertThatIllegalStateException()
                    .isThrownBy(() -> gather(() -> Weft.run(() -> ran.set(true)), () -> sleep(FOREVER)));
            var inTheBackground = createTask(() -> Weft.run(() -> ran.set(true)));
            assertThatIllegalStateException().isThrownBy(inTheBackground::await);
            assertThat(ran).isFalse();
            assertThat(currentTask()).isPresent();
        });
    }

    /** A library does not know where it is called, an application that has a run does not know its libraries. */
    @OnEveryRuntime
    void r4_errorSaysWhatALibraryCanCallInstead(TestRuntime runtime) throws Exception {
        runtime.run(() -> assertThatIllegalStateException()
                .isThrownBy(() -> Weft.run(() -> {}))
                .withMessageContainingAll(Tasks.self().name(), "taskGroup"));
    }

    @OnEveryRuntime
    void r5_leftoversAreCancelledAndAwaitedAndMainsResultKept(TestRuntime runtime) throws Exception {
        var first = new SleepingBody();
        var second = new SleepingBody();
        var child = new SleepingBody();
        var result = runtime.run(() -> {
            createTask(first);
            createTask(second);
            createTask(() -> gather(child, () -> sleep(FOREVER, "never")));
            first.started.await();
            second.started.await();
            child.started.await();
            return "main's";
        });
        assertThat(result).isEqualTo("main's");
        assertThat(first.hasEnded()).isTrue();
        assertThat(second.hasEnded()).isTrue();
        assertThat(child.hasEnded()).isTrue();
        assertThat(first.interruption()).isInstanceOf(CancelledException.class);
        assertThat(child.interruption()).isInstanceOf(CancelledException.class);
    }

    @OnEveryRuntime
    void r5_leftoverThatHasNotBegunHasEndedToo(TestRuntime runtime) throws Exception {
        var leftover = new AtomicReference<Task<?>>();
        runtime.run(() -> leftover.set(createTask(() -> sleep(FOREVER))));
        assertThat(leftover.get().isDone()).isTrue();
        assertThat(leftover.get().isCancelled()).isTrue();
    }

    @OnEveryRuntime
    void r5_leftoverThatRefusesIsAwaited(TestRuntime runtime) throws Exception {
        var ended = new AtomicBoolean();
        runtime.run(() -> {
            var started = new Gate();
            createTask(() -> {
                try {
                    started.open();
                    sleep(FOREVER);
                } catch (CancelledException e) {
                    sleep(Duration.ofMillis(5));
                    ended.set(true);
                }
            });
            started.await();
        });
        assertThat(ended).isTrue();
    }

    @OnEveryRuntime
    void r6_leftoverThatFailsWhileBeingCancelledIsReportedAndMainsResultKept(TestRuntime runtime) throws Exception {
        var problems = new CopyOnWriteArrayList<Problem>();
        var failure = new IOException("in the clean-up");
        var leftover = new AtomicReference<Task<?>>();
        try (var runner = runtime.builder().onProblem(problems::add).build()) {
            var result = runner.run(() -> {
                var started = new Gate();
                leftover.set(createTask("left over", () -> failInCleanUp(started, failure)));
                started.await();
                return "main's";
            });
            assertThat(result).isEqualTo("main's");
        }
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(Problem.Kind.SHUTDOWN_FAILURE);
            assertThat(problem.message()).contains("left over");
            assertThat(problem.task()).isSameAs(leftover.get());
            assertThat(problem.exception()).isSameAs(failure);
        });
    }

    @OnEveryRuntime
    void r7_mainsExceptionWinsOverTheLeftovers(TestRuntime runtime) {
        var problems = new CopyOnWriteArrayList<Problem>();
        var mains = new IOException("main's");
        var leftovers = new IOException("leftover's");
        assertThatThrownBy(() -> runtime.run(problems, () -> {
                    var started = new Gate();
                    createTask(() -> failInCleanUp(started, leftovers));
                    started.await();
                    throw mains;
                }))
                .isSameAs(mains);
        assertThat(problems).extracting(Problem::exception).containsExactly(leftovers);
    }

    /** Deviation D5. */
    @OnEveryRuntime
    void failedTaskThatNobodyLookedAt_isReportedAtTheEndOfTheRun(TestRuntime runtime) throws Exception {
        var problems = new CopyOnWriteArrayList<Problem>();
        var failure = new IOException("boom");
        var failed = new AtomicReference<Task<?>>();
        runtime.run(problems, () -> {
            failed.set(createTask("forgotten", () -> {
                throw failure;
            }));
            Tasks.join(failed.get());
        });
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(Problem.Kind.UNOBSERVED_FAILURE);
            assertThat(problem.message()).contains("forgotten");
            assertThat(problem.task()).isSameAs(failed.get());
            assertThat(problem.exception()).isSameAs(failure);
        });
    }

    @OnEveryRuntime
    void r12_mainCancelledByATaskEndsTheRunWithCancellationException(TestRuntime runtime) {
        assertThatThrownBy(() -> runtime.run(() -> {
                    var main = self();
                    createTask(() -> main.cancel("enough"));
                    sleep(FOREVER);
                }))
                .isInstanceOf(CancellationException.class)
                .hasMessageContaining("enough");
    }

    @OnEveryRuntime
    void r14_resultIsNeverMadeAString(TestRuntime runtime) throws Exception {
        for (var debug : new boolean[] {false, true}) {
            try (var runner = runtime.builder().debug(debug).build()) {
                var result = runner.run(() -> {
                    createTask(() -> new Unprintable());
                    assertThat(createTask(() -> new Unprintable()).await()).isInstanceOf(Unprintable.class);
                    assertThat(gather(() -> new Unprintable(), () -> new Unprintable()))
                            .hasSize(2);
                    var cancelledTooLate = createTask(() -> new Unprintable());
                    Tasks.join(cancelledTooLate);
                    cancelledTooLate.cancel();
                    return new Unprintable();
                });
                assertThat((Object) result).isInstanceOf(Unprintable.class);
            }
        }
    }

    private static String failInCleanUp(Gate started, IOException failure) throws IOException, InterruptedException {
        try {
            started.open();
            return sleep(FOREVER, "never");
        } catch (CancelledException e) {
            throw failure;
        }
    }

    private static final class Unprintable {
        @Override
        public String toString() {
            throw new AssertionError("the result was made a string");
        }
    }

    private static final class Broken extends Error {
        private static final long serialVersionUID = 1L;
    }
}
