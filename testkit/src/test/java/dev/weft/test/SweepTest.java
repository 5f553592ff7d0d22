package dev.weft.test;

import static dev.weft.Weft.createTask;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.taskGroup;
import static dev.weft.Weft.timeout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weft.VoidBody;
import dev.weft.test.SimulationError.Kind;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The cancellation sweep. */
@Timeout(60)
class SweepTest {

    private final Simulation simulation = Simulation.create();

    private static void second() throws InterruptedException {
        sleep(Duration.ofSeconds(1));
    }

    private ScheduleFailedError failure(VoidWorldBody<?> main) {
        return catchThrowableOfType(ScheduleFailedError.class, () -> simulation.sweep(main));
    }

    @Test
    void sweep_countsTheWaits_andRunsTwiceForEach() throws Exception {
        var runs = new int[1];
        var waits = simulation.sweep(() -> {
            runs[0]++;
            second();
            gather(SweepTest::second, () -> {
                second();
                second();
            });
        });
        // main: one sleep, and two for gather, which looks after each child's end; the children: one and two
        assertThat(waits).isGreaterThanOrEqualTo(5);
        assertThat(runs[0]).isEqualTo(1 + 2 * waits);
    }

    @Test
    void programThatCleansUp_passes() throws Exception {
        simulation.sweep(world -> {
            try (var connection = world.open("connection")) {
                timeout(
                        Duration.ofMinutes(1),
                        () -> taskGroup(group -> {
                            group.createTask(SweepTest::second);
                            group.createTask(() -> {
                                try (var file = world.open("file")) {
                                    second();
                                    assertThat(file.isClosed()).isFalse();
                                } finally {
                                    second();
                                }
                            });
                            second();
                        }));
                assertThat(connection.isClosed()).isFalse();
            }
        });
    }

    @Test
    void cleanUpThatIsSkipped_isFound_andTheScheduleRepeatsIt() {
        VoidWorldBody<Exception> program = world -> {
            var connection = world.open("connection");
            second(); // the handshake: not within try yet
            try {
                second();
            } finally {
                connection.close();
            }
        };
        var error = failure(program);
        assertThat(error.schedule()).hasToString("fifo/cancel:1.1.waiting");
        assertThat(error.getCause())
                .isInstanceOfSatisfying(
                        SimulationError.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNCLOSED_RESOURCE));
        var again = catchThrowableOfType(ScheduleFailedError.class, () -> simulation.replay(error.schedule(), program));
        assertThat(again.trace().turns()).isEqualTo(error.trace().turns());
    }

    @Test
    void exceptionOfTheCleanUp_isFound() {
        var error = failure(world -> {
            try {
                second();
            } catch (InterruptedException e) {
                throw new IllegalStateException("unlock without lock", e);
            }
        });
        assertThat(error.getCause()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void taskThatIsLostByACancellation_isFound() {
        var error = failure(world -> {
            var background = createTask(() -> {
                second();
                second();
            });
            try {
                second();
            } catch (InterruptedException e) {
                return; // and forgets the other
            }
            background.await();
        });
        assertThat(error.getCause())
                .isInstanceOfSatisfying(
                        SimulationError.class, e -> assertThat(e.kind()).isEqualTo(Kind.LEAKED_TASK));
    }

    /** What is handed over to a waiter that is cancelled at that very moment is the classic of lost permits. */
    @Test
    void wakingTasks_areCancelledToo() {
        var error = failure(world -> {
            var lock = new HandLock("permit");
            VoidBody<RuntimeException> use = () -> {
                lock.lock();
                try {
                    second();
                } finally {
                    lock.unlock();
                }
            };
            try {
                gather(use, use);
            } finally {
                assertThat(lock.isHeld()).isFalse();
            }
        });
        assertThat(error.getCause()).isInstanceOf(AssertionError.class);
    }

    @Test
    void programThatFailsByItself_isToldAsSuch() {
        var failure = new ArithmeticException("by itself");
        var error = failure(world -> {
            throw failure;
        });
        assertThat(error.schedule()).isEqualTo(Schedule.FIFO);
        assertThat(error).hasCause(failure);
    }

    @Test
    void eachPoint_isReached() throws Exception {
        var cancelledAt = new ArrayList<String>();
        simulation.sweep(world -> {
            for (var step = 1; step <= 3; step++) {
                try {
                    second();
                } catch (InterruptedException e) {
                    cancelledAt.add(
                            "step " + step + " at " + world.currentTime().toSeconds());
                    throw e;
                }
            }
        });
        assertThat(cancelledAt)
                .containsExactly(
                        "step 1 at 0", "step 1 at 1", "step 2 at 1", "step 2 at 2", "step 3 at 2", "step 3 at 3");
    }
}
