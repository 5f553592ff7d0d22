package dev.weft;

import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/** R11, R12: a run whose caller is interrupted: nothing that main or its tasks have met is lost, nor the interrupt. */
@NotSimulated("interrupts the thread that calls run")
class RunInterruptedTest {

    @OnEveryRuntime
    void r11_failuresOfMainsCleanUpAreSuppressedInTheInterrupt(TestRuntime runtime) {
        var caller = Thread.currentThread();
        var failure = new IOException("cannot close");
        VoidBody<RuntimeException> main = () -> {
            caller.interrupt();
            try {
                sleep(FOREVER);
            } catch (CancelledException e) {
                e.addSuppressed(failure);
                throw e;
            }
        };
        assertThatThrownBy(() -> runtime.run(main))
                .isInstanceOf(InterruptedException.class)
                .satisfies(thrown -> assertThat(Suppressed.in(thrown)).containsExactly(failure));
        assertThat(Thread.interrupted()).as("told by the exception").isFalse();
    }

    @OnEveryRuntime
    void r11_interruptIsKeptIfMainReturnsAllTheSame(TestRuntime runtime) throws Exception {
        var caller = Thread.currentThread();
        Body<Integer, RuntimeException> main = () -> {
            caller.interrupt();
            assertThatThrownBy(() -> sleep(FOREVER)).isInstanceOf(CancelledException.class);
            return 7;
        };
        assertThat(runtime.run(main)).isEqualTo(7);
        assertThat(Thread.interrupted()).isTrue();
    }

    @OnEveryRuntime
    void r11_interruptIsKeptIfMainFails(TestRuntime runtime) {
        var caller = Thread.currentThread();
        var failure = new IOException("broken");
        VoidBody<IOException> main = () -> {
            caller.interrupt();
            assertThatThrownBy(() -> sleep(FOREVER)).isInstanceOf(CancelledException.class);
            throw failure;
        };
        assertThatThrownBy(() -> runtime.run(main)).isSameAs(failure);
        assertThat(Thread.interrupted()).isTrue();
    }

    @OnEveryRuntime
    void r11_failuresThatNobodyHasSeenAreReportedIfTheCallerIsInterrupted(TestRuntime runtime) {
        var caller = Thread.currentThread();
        var problems = new CopyOnWriteArrayList<Problem>();
        VoidBody<RuntimeException> main = () -> {
            Tasks.join(createTask("lost", () -> {
                throw new IOException("lost");
            }));
            caller.interrupt();
            sleep(FOREVER);
        };
        assertThatThrownBy(() -> runtime.run(problems, main)).isInstanceOf(InterruptedException.class);
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(Problem.Kind.UNOBSERVED_FAILURE);
            assertThat(problem.exception()).hasMessage("lost");
            assertThat(problem.message()).contains("lost");
        });
    }

    @OnEveryRuntime
    void r11_mainIsToldWhoWasInterrupted(TestRuntime runtime) {
        var caller = Thread.currentThread();
        var told = new AtomicReference<Cancellation>();
        VoidBody<RuntimeException> main = () -> {
            caller.interrupt();
            try {
                sleep(FOREVER);
            } catch (CancelledException e) {
                told.set(e.cancellation());
                throw e;
            }
        };
        assertThatThrownBy(() -> runtime.run(main)).isInstanceOf(InterruptedException.class);
        assertThat(told.get().reason()).isEqualTo("interrupted");
        assertThat(told.get().origin()).contains("thread '").contains(caller.getName());
    }

    @OnEveryRuntime
    void r11_callersRequestIsTakenBackAsACancelIs(TestRuntime runtime) throws Exception {
        var caller = Thread.currentThread();
        runtime.run(() -> {
            caller.interrupt();
            assertThatThrownBy(() -> sleep(FOREVER)).isInstanceOf(CancelledException.class);
            assertThat(Tasks.self().cancelling()).isOne();
            assertThat(Tasks.self().uncancel()).isZero();
            assertThat(Tasks.self().cancelling()).isZero();
            sleep(Duration.ZERO);
        });
        assertThat(Thread.interrupted()).isTrue();
    }

    @OnEveryRuntime
    void r11_runWaitsForWhatMainHasLeft(TestRuntime runtime) {
        var caller = Thread.currentThread();
        var leftover = new SleepingBody();
        VoidBody<RuntimeException> main = () -> {
            createTask(leftover);
            leftover.started.await();
            caller.interrupt();
            sleep(FOREVER);
        };
        assertThatThrownBy(() -> runtime.run(main)).isInstanceOf(InterruptedException.class);
        assertThat(leftover.hasEnded()).isTrue();
    }

    @OnEveryRuntime
    void r11_limitAroundARunStopsItsMainAndIsThrown(TestRuntime runtime) {
        var body = new SleepingBody();
        var thrown = catchThrowable(() -> timeout(Duration.ofHours(1), limit -> {
            runtime.run(() -> {
                createTask(() -> {
                    body.started.await();
                    limit.reschedule(Duration.ZERO);
                });
                body.run();
            });
        }));
        assertThat(thrown).isInstanceOf(TimeoutException.class).isInstanceOf(DeadlineExceededException.class);
        assertThat(body.hasEnded()).isTrue();
        assertThat(((CancelledException) body.interruption()).cancellation().origin())
                .contains("timeout of 1h");
        assertThat(Thread.interrupted()).isFalse();
    }

    @OnEveryRuntime
    void r11_limitAroundARunLosesNoFailureOfIt(TestRuntime runtime) {
        var failure = new IOException("cannot close");
        var timeoutOfMain = new AtomicReference<Timeout>();
        VoidBody<IOException> main = () -> {
            timeoutOfMain.get().reschedule(Duration.ZERO);
            assertThatThrownBy(() -> sleep(FOREVER)).isInstanceOf(CancelledException.class);
            throw failure;
        };
        assertThatThrownBy(() -> timeout(Duration.ofHours(1), limit -> {
                    timeoutOfMain.set(limit);
                    runtime.run(main);
                }))
                .isSameAs(failure)
                .satisfies(thrown ->
                        assertThat(Suppressed.in(thrown)).hasExactlyElementsOfTypes(DeadlineExceededException.class));
        assertThat(Thread.interrupted()).isFalse();
    }

    @OnEveryRuntime
    void r12_mainThatIsCancelledKeepsWhatItsCleanUpHasMet(TestRuntime runtime) {
        var failure = new IOException("cannot close");
        var thrown = catchThrowable(() -> runtime.run(() -> {
            Tasks.self().cancel("stop");
            try {
                sleep(FOREVER);
            } catch (CancelledException e) {
                e.addSuppressed(failure);
                throw e;
            }
        }));
        assertThat(thrown).isInstanceOf(CancellationException.class).hasMessageContaining("stop");
        assertThat(GroupFailures.foundIn(thrown)).contains(failure);
    }

    @OnEveryRuntime
    void r11_interruptBeforeTheRunIsToldAtOnce(TestRuntime runtime) {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> runtime.run(() -> sleep(FOREVER))).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }
}
