package dev.weft.test;

import static dev.weft.Weft.abandonOnCancel;
import static dev.weft.Weft.await;
import static dev.weft.Weft.blocking;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.onCancel;
import static dev.weft.Weft.settle;
import static dev.weft.Weft.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weft.CallerTrace;
import dev.weft.TaskOptions;
import dev.weft.VoidBody;
import dev.weft.test.SimulationError.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the simulation finds wrong, and says of it. */
@Timeout(60)
class DetectionTest {

    /** Long enough for a class to be loaded on a busy machine. */
    private static final Duration TURN_LIMIT = Duration.ofMillis(400);

    private final Simulation simulation = Simulation.create();

    private static SimulationError find(Simulation simulation, VoidBody<?> main) {
        return catchThrowableOfType(SimulationError.class, () -> simulation.run(main));
    }

    // ---- deadlock

    @Test
    void deadlock_hasTheTreeAndWhatEachWaitsForAndWhere() {
        var never = new CompletableFuture<String>();
        var error = find(simulation, () -> gather(() -> await(never), () -> sleep(Duration.ofSeconds(90))));
        assertThat(error.kind()).isEqualTo(Kind.DEADLOCK);
        assertThat(error)
                .hasMessageContaining("at 90.0s")
                .hasMessageContaining("\n  main waits for gather of 2\n")
                .hasMessageContaining("\n    #2 waits for a completion stage\n")
                .hasMessageContaining("DetectionTest.java:");
    }

    @Test
    void deadlock_showsChildrenBelowTheirOwners_andWhoWasAskedToStop() {
        var error = find(simulation, () -> {
            var stubborn = createTask("stubborn", () -> {
                gather(() -> {
                    try {
                        sleep(Duration.ofHours(1));
                    } catch (InterruptedException e) {
                        await(new CompletableFuture<String>());
                    }
                });
            });
            sleep(Duration.ofSeconds(1));
            stubborn.cancel();
            settle(stubborn);
        });
        assertThat(error.kind()).isEqualTo(Kind.DEADLOCK);
        assertThat(error)
                .hasMessageContaining("\n  stubborn waits for gather of 1, although it was asked to stop\n")
                .hasMessageContaining("\n    #3 waits for a completion stage, although it was asked to stop\n");
    }

    @Test
    void deadlock_letsTheProgramCleanUp() {
        var cleanedUp = new ArrayList<String>();
        var error = find(simulation, () -> {
            try {
                await(new CompletableFuture<String>());
            } finally {
                cleanedUp.add("main");
            }
        });
        assertThat(error.kind()).isEqualTo(Kind.DEADLOCK);
        assertThat(cleanedUp).containsExactly("main");
    }

    @Test
    void deadlock_againInTheCleanUp_endsAllTheSame() {
        var error = find(simulation, () -> {
            try {
                await(new CompletableFuture<String>());
            } finally {
                await(new CompletableFuture<String>());
            }
        });
        assertThat(error.kind()).isEqualTo(Kind.DEADLOCK);
    }

    // ---- leaks and losses

    @Test
    void leakedTask_isNamedWithTheplaceOfItsCreation() {
        var error = find(simulation.debug(), () -> {
            createTask("refresher", () -> sleep(Duration.ofDays(1)));
            sleep(Duration.ofSeconds(1));
        });
        assertThat(error.kind()).isEqualTo(Kind.LEAKED_TASK);
        assertThat(error).hasMessageContaining("refresher");
        assertThat(error.getCause().getStackTrace()[0].getClassName()).contains("DetectionTest");
    }

    @Test
    void unobservedFailure_isTheCause() {
        var failure = new IOException("disk full");
        var error = find(simulation, () -> {
            createTask("flusher", () -> {
                throw failure;
            });
            sleep(Duration.ofSeconds(1));
        });
        assertThat(error.kind()).isEqualTo(Kind.UNOBSERVED_FAILURE);
        assertThat(error).hasMessageContaining("flusher").hasCause(failure);
    }

    @Test
    void callbackFailure_isFound() {
        var failure = new IllegalStateException("from a callback");
        var error = find(simulation, () -> {
            var task = createTask(() -> "a");
            task.onDone(done -> {
                throw failure;
            });
            task.await();
        });
        assertThat(error.kind()).isEqualTo(Kind.CALLBACK_FAILURE);
        assertThat(error).hasCause(failure);
    }

    @Test
    void mainsOwnException_isThrownItself_andTheOthersAreSuppressed() {
        var failure = new IOException("main's");
        var thrown = catchThrowable(() -> simulation.run(() -> {
            createTask("flusher", () -> {
                throw new IllegalStateException("flusher's");
            });
            sleep(Duration.ofSeconds(1));
            throw failure;
        }));
        assertThat(thrown).isSameAs(failure);
        assertThat(thrown.getSuppressed())
                .filteredOn(suppressed -> !(suppressed instanceof CallerTrace))
                .singleElement()
                .isInstanceOf(SimulationError.class);
    }

    @Test
    void ignoredCancellation_isReportedInVirtualTime() {
        var error = find(simulation.cancellationGrace(Duration.ofMinutes(1)), () -> {
            var stubborn = createTask("stubborn", () -> {
                for (var i = 0; i < 5; i++) {
                    try {
                        sleep(Duration.ofMinutes(1));
                    } catch (InterruptedException e) {
                        // ignores it
                    }
                }
            });
            sleep(Duration.ofSeconds(1));
            stubborn.cancel("enough");
            settle(stubborn);
        });
        assertThat(error.kind()).isEqualTo(Kind.IGNORED_CANCELLATION);
        assertThat(error).hasMessageContaining("stubborn").hasMessageContaining("enough");
    }

    @Test
    void resources_mustBeClosedOnce() {
        var unclosed = catchThrowableOfType(
                SimulationError.class,
                () -> simulation.run(world -> {
                    world.open("file");
                }));
        assertThat(unclosed.kind()).isEqualTo(Kind.UNCLOSED_RESOURCE);
        assertThat(unclosed).hasMessageContaining("'file'");
        assertThat(unclosed.getCause().getStackTrace())
                .anyMatch(frame -> frame.getClassName().contains("DetectionTest"));
        var twice = catchThrowableOfType(
                SimulationError.class,
                () -> simulation.run(world -> {
                    var socket = world.open("socket");
                    socket.close();
                    socket.close();
                }));
        assertThat(twice.kind()).isEqualTo(Kind.DOUBLE_CLOSE);
        assertThat(twice.getCause()).hasMessageContaining("closed here first");
    }

    @Test
    void whatIsAllowed_isNoFailure() throws Exception {
        simulation
                .allow(Kind.LEAKED_TASK, Kind.UNOBSERVED_FAILURE, Kind.UNCLOSED_RESOURCE)
                .run(world -> {
                    world.open("file");
                    createTask(() -> sleep(Duration.ofDays(1)));
                    createTask(() -> {
                        throw new IllegalStateException("nobody's");
                    });
                    sleep(Duration.ofSeconds(1));
                });
    }

    // ---- limits

    @Test
    void stepLimit_endsALivelock_alsoOneThatCannotBeCancelled() {
        var error = find(simulation.stepLimit(500), () -> {
            while (true) {
                sleep(Duration.ZERO);
            }
        });
        assertThat(error.kind()).isEqualTo(Kind.STEP_LIMIT);
        assertThat(error).hasMessageContaining("more than 500 turns");
        var stubborn = find(simulation.stepLimit(500), () -> {
            while (true) {
                try {
                    sleep(Duration.ZERO);
                } catch (InterruptedException e) {
                    // and on
                }
            }
        });
        assertThat(stubborn.kind()).isEqualTo(Kind.STEP_LIMIT);
    }

    @Test
    void heldTurn_isNamedWithItsStack() {
        var latch = new CountDownLatch(1);
        var error = find(simulation.turnLimit(TURN_LIMIT), () -> {
            createTask("culprit", () -> {
                        latch.await();
                        return null;
                    })
                    .await();
        });
        assertThat(error.kind()).isEqualTo(Kind.HELD_TURN);
        assertThat(error)
                .hasMessageContaining("'culprit' blocks outside of Weft")
                .hasMessageContaining("blocking(");
        assertThat(error.getCause().getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals("await")
                        && frame.getClassName().endsWith("CountDownLatch"));
    }

    @Test
    void heldTurn_byComputing() {
        var stop = new boolean[1];
        var error = find(simulation.turnLimit(TURN_LIMIT), () -> {
            while (!stop[0] && !Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            }
        });
        assertThat(error.kind()).isEqualTo(Kind.HELD_TURN);
        assertThat(error).hasMessageContaining("computes");
    }

    // ---- what is outside

    @Test
    void blocking_holdsTheClock_andIsNoDeadlock() throws Exception {
        var passed = simulation.run(world -> {
            var other = createTask(() -> sleep(Duration.ofHours(1)));
            blocking(() -> LockSupport.parkNanos(2_000_000));
            var then = world.currentTime();
            other.await();
            return then;
        });
        assertThat(passed).isZero();
    }

    @Test
    void external_holdsTheClock_andIsNoDeadlock() throws Exception {
        simulation.run(world -> {
            var answer = CompletableFuture.supplyAsync(() -> {
                LockSupport.parkNanos(2_000_000);
                return "real";
            });
            var other = createTask(() -> sleep(Duration.ofHours(1)));
            assertThat(world.external(() -> await(answer))).isEqualTo("real");
            assertThat(world.currentTime()).isZero();
            other.await();
        });
    }

    @Test
    void abandonableCalls_holdTheClock() throws Exception {
        simulation.run(world -> {
            var answer = abandonOnCancel(() -> {
                LockSupport.parkNanos(2_000_000);
                return "real";
            });
            assertThat(answer).isEqualTo("real");
            assertThat(world.currentTime()).isZero();
        });
    }

    @Test
    void onCancelActions_areTurns() throws Exception {
        simulation.explore(20, () -> {
            var log = new ArrayList<String>();
            var task = createTask(() -> onCancel(() -> log.add("stopped"), () -> sleep(Duration.ofHours(1))));
            sleep(Duration.ofSeconds(1));
            task.cancel();
            settle(task);
            assertThat(log).containsExactly("stopped");
        });
    }

    @Test
    void eventsFromOutside_areWaitedForIfExpected() throws Exception {
        var result = simulation.expectOutsideEvents().run(() -> {
            var answer = CompletableFuture.supplyAsync(() -> {
                LockSupport.parkNanos(2_000_000);
                return "real";
            });
            return await(answer);
        });
        assertThat(result).isEqualTo("real");
        var error = find(
                simulation.expectOutsideEvents().turnLimit(TURN_LIMIT),
                () -> await(new CompletableFuture<@Nullable Void>()));
        assertThat(error.kind()).isEqualTo(Kind.DEADLOCK);
        assertThat(error).hasMessageContaining("nothing has come from outside");
    }

    @Test
    void interruptOfTheCaller_cancelsTheProgramAndTellsWhatLived() {
        var cleanedUp = new ArrayList<String>();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> simulation.expectOutsideEvents().run(() -> {
                    try {
                        await(new CompletableFuture<String>());
                    } finally {
                        cleanedUp.add("main");
                    }
                }))
                .isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
        assertThat(cleanedUp.size()).isLessThanOrEqualTo(1); // it may not have begun
    }

    @Test
    void eagerStarts_areTurns() throws Exception {
        simulation.explore(30, () -> {
            var log = new ArrayList<String>();
            var task = createTask(TaskOptions.defaults().eagerStart(true), () -> {
                log.add("begun");
                sleep(Duration.ofSeconds(1));
                log.add("ended");
            });
            assertThat(log).startsWith("begun");
            task.await();
        });
    }
}
