package dev.weft.test;

import static dev.weft.Weft.await;
import static dev.weft.Weft.blocking;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.settle;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weft.EventLoop;
import dev.weft.Task;
import dev.weft.Weft;
import dev.weft.test.SimulationError.Kind;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an execution offers its main besides time; and who is refused. */
@Timeout(60)
class WorldTest {

    private final Simulation simulation = Simulation.create();

    // ---- drawn alternatives

    @Test
    void draw_reachesAllAlternatives_inEachStrategy_andTheFirstInFifo() throws Exception {
        for (var strategy : Strategy.values()) {
            var drawn = new ArrayList<Integer>();
            simulation.strategies(strategy).explore(100, world -> {
                drawn.add(world.draw(3));
                drawn.add(world.draw(1));
            });
            assertThat(drawn.subList(0, 2)).containsExactly(0, 0);
            assertThat(drawn).as("%s", strategy).hasSize(200).containsOnly(0, 1, 2);
        }
    }

    /** A service that answers, answers late, or fails: three calls, of which the last is to survive one failure. */
    private static void call(World world) throws Exception {
        var failures = 0;
        for (var call = 0; call < 6; call++) {
            try {
                timeout(Duration.ofSeconds(1), () -> {
                    switch (world.draw(3)) {
                        case 1 -> sleep(Duration.ofSeconds(2));
                        case 2 -> throw new IOException("refused");
                        default -> sleep(Duration.ofMillis(1));
                    }
                });
            } catch (IOException | TimeoutException e) {
                failures++;
            }
        }
        assertThat(failures).isLessThan(3);
    }

    @Test
    void failure_isRepeated_andShrunkToTheAlternativesThatItNeeds() {
        var error = catchThrowableOfType(ScheduleFailedError.class, () -> simulation.explore(500, WorldTest::call));
        assertThat(error.attempts()).isGreaterThan(1);
        assertThat(error.schedule().toString()).matches("order:\\d=[12],\\d=[12],\\d=[12]");
        assertThat(error).hasMessageContaining("draws 0 of 3, waits for sleep until");
        for (var i = 0; i < 20; i++) {
            var again = catchThrowableOfType(
                    ScheduleFailedError.class, () -> simulation.replay(error.schedule(), WorldTest::call));
            assertThat(again.trace().digest()).isEqualTo(error.trace().digest());
            assertThat(again.trace()).hasToString(error.trace().toString());
        }
    }

    @Test
    void traces_differIfOnlyWhatWasDrawnDoes() throws Exception {
        Set<Long> digests = new HashSet<>();
        for (var place : List.of(0, 1, 2, 9)) {
            digests.add(simulation
                    .replay(Schedule.of("order:0=" + place), world -> {
                        world.draw(3);
                    })
                    .digest());
        }
        assertThat(digests).hasSize(3); // 9 is the last there is
    }

    @Test
    void firstSeed_drawsOtherSchedules() throws Exception {
        var drawn = new ArrayList<Integer>();
        for (var seed : new long[] {1, 1, 1_000, Long.MAX_VALUE}) {
            var numbers = new ArrayList<Integer>();
            simulation.firstSeed(seed).explore(10, world -> {
                numbers.add(world.draw(1_000_000));
            });
            drawn.add(numbers.hashCode());
        }
        assertThat(drawn.get(1)).isEqualTo(drawn.get(0));
        assertThat(drawn.stream().distinct()).hasSize(3);
    }

    // ---- background tasks

    @Test
    void backgroundTasks_areNoLeak_andAreCancelledInTheEnd() throws Exception {
        simulation.explore(30, world -> {
            var log = new ArrayList<String>();
            var ticker = world.createBackgroundTask(() -> {
                try {
                    gather(() -> sleep(Weft.FOREVER), () -> {
                        while (true) {
                            sleep(Duration.ofSeconds(1));
                            log.add("tick");
                        }
                    });
                } finally {
                    sleep(Duration.ofMillis(1));
                    log.add("cleaned up");
                }
            });
            ticker.onDone(task -> assertThat(log).hasSize(4).endsWith("cleaned up"));
            sleep(Duration.ofMillis(3500));
        });
    }

    @Test
    void backgroundTask_mayEnd_andMustNotFailUnseen() throws Exception {
        simulation.run(world -> {
            var answer = world.createBackgroundTask(() -> "done").await();
            assertThat(answer).isEqualTo("done");
        });
        var error = catchThrowableOfType(
                SimulationError.class,
                () -> simulation.run(world -> {
                    world.createBackgroundTask(() -> {
                        throw new IOException("disk full");
                    });
                    sleep(Duration.ofSeconds(1));
                }));
        assertThat(error.kind()).isEqualTo(Kind.UNOBSERVED_FAILURE);
    }

    @Test
    void taskThatABackgroundTaskCreates_isALeakAllTheSame() {
        var error = catchThrowableOfType(
                SimulationError.class,
                () -> simulation.run(world -> {
                    Task<?> background = world.createBackgroundTask(() -> {
                        createTask("leaked", () -> sleep(Duration.ofDays(1)));
                    });
                    settle(background);
                }));
        assertThat(error.kind()).isEqualTo(Kind.LEAKED_TASK);
        assertThat(error).hasMessageContaining("leaked");
    }

    // ---- bad input

    @Test
    void whatHasEnded_andWhoIsOutside_isRefused() throws Exception {
        var ended = simulation.run(world -> {
            assertThatIllegalArgumentException().isThrownBy(() -> world.draw(0)).withMessageContaining("draw(0)");
            return world;
        });
        assertThatIllegalStateException().isThrownBy(() -> ended.draw(2)).withMessageContaining("no task of this");
        assertThatIllegalStateException().isThrownBy(() -> ended.createBackgroundTask(() -> {}));
        assertThatIllegalStateException()
                .isThrownBy(() -> ended.open("file"))
                .withMessageContaining("open(\"file\")")
                .withMessageContaining("after the execution had ended");
        assertThat(ended.clock().instant()).isEqualTo("2026-01-01T00:00:00Z");
        simulation.run(world -> {
            assertThatIllegalStateException()
                    .isThrownBy(() -> ended.advanceBy(Duration.ofSeconds(1)))
                    .withMessageContaining("in main, or in a task that main has created");
            var fromOutside = CompletableFuture.runAsync(() -> {
                assertThatIllegalStateException().isThrownBy(() -> world.advanceBy(Duration.ofSeconds(1)));
                assertThatIllegalStateException().isThrownBy(() -> world.draw(2));
                world.open("closed by another thread").close();
            });
            world.external(() -> await(fromOutside));
        });
    }

    @Test
    void simulationsWithinATurn_areRefused() throws Exception {
        for (var turns : List.<Weftlike>of(main -> simulation.run(main::run), main -> EventLoop.run(main::run))) {
            turns.run(() -> {
                assertThatIllegalStateException()
                        .isThrownBy(() -> Simulation.create().explore(2, () -> {}))
                        .withMessageContaining("task 'Task-")
                        .withMessageContaining("plain thread");
                blocking(() -> Simulation.create().run(() -> sleep(Duration.ofDays(1))));
            });
        }
        gather(() -> Simulation.create().run(() -> 1), () -> Simulation.create().run(() -> 2));
    }

    private interface Main {
        void run() throws Exception;
    }

    private interface Weftlike {
        void run(Main main) throws Exception;
    }

    @Test
    void settings_takeWhatIsLong_andRefuseWhatIsTooLong() throws Exception {
        var longest = Duration.ofSeconds(Long.MAX_VALUE);
        simulation
                .turnLimit(longest)
                .cancellationGrace(longest)
                .stepLimit(Long.MAX_VALUE)
                .run(() -> {});
        simulation.replay(Schedule.of("pct:1:1000:2147483647"), () -> sleep(Duration.ZERO));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Schedule.of("pct:1:1001:5"))
                .withMessageContaining("1000");
        simulation.startAt(Instant.EPOCH).run(() -> {});
        assertThatIllegalArgumentException()
                .isThrownBy(() -> simulation.startAt(Instant.MAX))
                .withMessageContaining("292 years");
    }
}
