package dev.weft;

import static dev.weft.Weft.abandonOnCancel;
import static dev.weft.Weft.abandonedCalls;
import static dev.weft.Weft.createTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** J12: calls that end as they are abandoned, and calls that end with errors. */
@Tag("races")
@Timeout(30)
class AbandonRaceTest {

    /** The call is over, and its caller asked to stop, before the caller has its turn. */
    private static Throwable thrownByCallThatEndsAsItIsAbandoned(Body<String, Exception> end) throws Exception {
        var thrown = new AtomicReference<Throwable>();
        var name = new AtomicReference<String>();
        TestRuntime.EVENT_LOOP.run(() -> {
            var call = new CompletableFuture<Thread>();
            var mayEnd = new CompletableFuture<Void>();
            var task = createTask(() -> abandonOnCancel(() -> {
                call.complete(Thread.currentThread());
                mayEnd.join();
                return end.run();
            }));
            Weft.await(call);
            name.set(call.join().getName());
            mayEnd.complete(null);
            call.join().join();
            task.cancel("too late");
            thrown.set(catchThrowable(() -> Soon.result(task)));
        });
        assertThat(abandonedCalls()).noneMatch(call -> call.name().equals(name.get()));
        return thrown.get();
    }

    @Test
    void j12_callThatEndsAsItIsAbandonedIsNotListed() throws Exception {
        assertThat(thrownByCallThatEndsAsItIsAbandoned(() -> "value")).hasMessageContaining("too late");
    }

    @Test
    void j12_callThatFailsAsItIsAbandonedLosesNothing() throws Exception {
        var failure = new IOException("broken pipe");
        var thrown = thrownByCallThatEndsAsItIsAbandoned(() -> {
            throw failure;
        });
        assertThat(GroupFailures.foundIn(thrown)).contains(failure);
    }

    @OnEveryRuntime
    void j12_errorsOfACallAreThrown(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            for (var error : new Error[] {
                new AssertionError("on purpose"), new StackOverflowError("on purpose"), new Error("on purpose")
            }) {
                assertThatThrownBy(() -> Soon.of(() -> abandonOnCancel(() -> {
                            throw error;
                        })))
                        .isSameAs(error);
            }
            assertThat(abandonOnCancel(() -> (String) null)).isNull();
            abandonOnCancel(() -> {});
        });
    }

    @OnEveryRuntime
    void j12_abandonedCallIsInterruptedAndItsEndByThatIsNoFailure(TestRuntime runtime) throws Exception {
        var problems = new CopyOnWriteArrayList<Problem>();
        var interrupted = new CompletableFuture<Thread>();
        runtime.run(problems, () -> {
            var begun = new Gate();
            var task = createTask(() -> abandonOnCancel(() -> {
                begun.open();
                try {
                    Thread.sleep(10_000);
                } catch (InterruptedException e) {
                    interrupted.complete(Thread.currentThread());
                    throw new RuntimeException(e);
                }
            }));
            begun.await();
            task.cancel();
            assertThatThrownBy(() -> Soon.result(task));
            Weft.await(interrupted).join();
        });
        assertThat(problems).isEmpty();
        assertThat(abandonedCalls())
                .noneMatch(call -> call.name().equals(interrupted.join().getName()));
    }

    @OnEveryRuntime
    void j12_errorOfAnAbandonedCallIsReported(TestRuntime runtime) throws Exception {
        var problems = new CopyOnWriteArrayList<Problem>();
        var call = new CompletableFuture<Thread>();
        var mayEnd = new CompletableFuture<Void>();
        runtime.run(problems, () -> {
            var task = createTask(() -> abandonOnCancel(() -> {
                call.complete(Thread.currentThread());
                mayEnd.join();
                throw new AssertionError("on purpose");
            }));
            Weft.await(call);
            task.cancel();
            assertThatThrownBy(() -> Soon.result(task));
            assertThat(abandonedCalls())
                    .anyMatch(abandoned -> abandoned.name().equals(call.join().getName()));
            mayEnd.complete(null);
            Tasks.awaitTrue(() -> !call.join().isAlive());
        });
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(Problem.Kind.ABANDONED_FAILURE);
            assertThat(problem.message()).contains(call.join().getName());
        });
        assertThat(abandonedCalls())
                .noneMatch(abandoned -> abandoned.name().equals(call.join().getName()));
    }

    /**
     * The end of a call is aimed at the moment at which its caller leaves: later if it came too early, else earlier.
     */
    @Test
    void j12_callThatEndsAsItIsAbandonedIsToldOnceAndNotListed_stress() throws Exception {
        var rounds = 5_000 * Integer.getInteger("weft.stress", 1);
        var problems = new CopyOnWriteArrayList<Problem>();
        var early = new AtomicInteger();
        TestRuntime.PARALLEL.run(problems, () -> {
            var spins = 1_000;
            for (var round = 0; round < rounds; round++) {
                var failure = new IOException("round " + round);
                var call = new CompletableFuture<Thread>();
                var mayEnd = new AtomicBoolean();
                var lasts = spins;
                var task = createTask(
                        "stress",
                        () -> abandonOnCancel(() -> {
                            call.complete(Thread.currentThread());
                            while (!mayEnd.get()) {
                                Thread.onSpinWait();
                            }
                            for (var i = 0; i < lasts; i++) {
                                Thread.onSpinWait();
                            }
                            throw failure;
                        }));
                call.join();
                task.cancel();
                mayEnd.set(true);
                var thrown = catchThrowable(task::await);
                call.join().join();
                var isEarly = GroupFailures.foundIn(thrown).contains(failure);
                if (isEarly) {
                    early.incrementAndGet();
                }
                spins = Math.max(0, spins + (isEarly ? 1 : -1) * (1 + round % 50));
            }
        });
        assertThat(early).hasPositiveValue();
        assertThat(problems).hasSize(rounds - early.get());
        assertThat(abandonedCalls()).noneMatch(call -> call.name().endsWith(" stress"));
    }
}
