package dev.weft.test;

import static dev.weft.Weft.createTask;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;
import static dev.weft.Weft.waitFor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.weft.Deadline;
import dev.weft.VoidBody;
import dev.weft.Weft;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SimulationTimeTest {

    private final Simulation simulation = Simulation.create();

    @Test
    void sleep_takesNoRealTime() throws Exception {
        var passed = simulation.run(world -> {
            var deadline = Deadline.after(Duration.ofHours(5));
            sleep(Duration.ofHours(5));
            assertThat(deadline.remaining()).isZero();
            return world.currentTime();
        });
        assertThat(passed).isEqualTo(Duration.ofHours(5));
    }

    @Test
    void timeouts_obeyTheSameClock() throws Exception {
        simulation.run(world -> {
            assertThatExceptionOfType(TimeoutException.class)
                    .isThrownBy(() -> timeout(Duration.ofDays(3), () -> sleep(Duration.ofDays(4))));
            assertThat(world.currentTime()).isEqualTo(Duration.ofDays(3));
            assertThatExceptionOfType(TimeoutException.class)
                    .isThrownBy(() -> waitFor(() -> sleep(Weft.FOREVER), Duration.ofDays(1)));
            assertThat(world.currentTime()).isEqualTo(Duration.ofDays(4));
        });
    }

    @Test
    void clock_isToBeInjected() throws Exception {
        var start = Instant.parse("2024-02-28T12:00:00Z");
        simulation.startAt(start).run(world -> {
            var clock = world.clock();
            assertThat(clock.instant()).isEqualTo(start);
            sleep(Duration.ofDays(1));
            assertThat(clock.instant()).isEqualTo("2024-02-29T12:00:00Z");
            var tokyo = clock.withZone(java.time.ZoneId.of("Asia/Tokyo"));
            assertThat(tokyo.getZone().getId()).isEqualTo("Asia/Tokyo");
            assertThat(tokyo.millis()).isEqualTo(clock.millis());
        });
    }

    @Test
    void timersThatWereTakenBack_doNotMoveTheClock() throws Exception {
        simulation.run(world -> {
            timeout(Duration.ofHours(1), () -> sleep(Duration.ofSeconds(1)));
            var sleeper = createTask(() -> sleep(Duration.ofHours(2)));
            sleep(Duration.ZERO);
            sleeper.cancel();
            world.runUntilIdle();
            sleep(Duration.ofHours(9));
            assertThat(world.currentTime()).isEqualTo(Duration.ofHours(9).plusSeconds(1));
        });
    }

    @Test
    void thousandTasksFor24Hours_endWithinASecond() throws Exception {
        VoidBody<RuntimeException> day = () -> {
            for (var hour = 0; hour < 24; hour++) {
                sleep(Duration.ofHours(1));
            }
        };
        var took = new ArrayList<Duration>(); // some 0.2 s; but the machine may have other work, for once
        do {
            var begun = System.nanoTime();
            var passed = simulation.run(world -> {
                gather(Collections.nCopies(1000, () -> {
                    day.execute();
                    return null;
                }));
                return world.currentTime();
            });
            took.add(Duration.ofNanos(System.nanoTime() - begun));
            assertThat(passed).isEqualTo(Duration.ofDays(1));
        } while (took.size() < 5 && Collections.min(took).compareTo(Duration.ofSeconds(1)) >= 0);
        assertThat(Collections.min(took)).isLessThan(Duration.ofSeconds(1));
    }

    // ---- by hand

    @Test
    void advanceBy_doesWhatIsDueMeanwhile_theEndIncluded() throws Exception {
        simulation.manualClock().run(world -> {
            var log = new ArrayList<String>();
            var task = createTask(() -> {
                for (var i = 1; i <= 3; i++) {
                    sleep(Duration.ofMinutes(1));
                    log.add(i + " at " + world.currentTime());
                }
            });
            world.runUntilIdle();
            assertThat(log).isEmpty();
            world.advanceBy(Duration.ofMinutes(2));
            assertThat(log).containsExactly("1 at PT1M", "2 at PT2M");
            assertThat(world.currentTime()).isEqualTo(Duration.ofMinutes(2));
            world.advanceBy(Duration.ZERO);
            assertThat(task.isDone()).isFalse();
            world.advanceBy(Duration.ofDays(1));
            assertThat(task.isDone()).isTrue();
            assertThat(world.currentTime()).isEqualTo(Duration.ofDays(1).plusMinutes(2));
        });
    }

    @Test
    void manualClock_standsStillAndSaysSo() {
        assertThatExceptionOfType(SimulationError.class)
                .isThrownBy(() -> simulation.manualClock().run(() -> sleep(Duration.ofSeconds(1))))
                .withMessageContaining("advanceBy")
                .extracting(SimulationError::kind)
                .isEqualTo(SimulationError.Kind.DEADLOCK);
    }

    @Test
    void runUntilIdle_letsAllOthersRunWhileTimeStandsStill() throws Exception {
        simulation.explore(50, world -> {
            var log = new ArrayList<String>();
            var tasks = new ArrayList<dev.weft.Task<?>>();
            for (var name : new String[] {"a", "b"}) {
                tasks.add(createTask(() -> {
                    sleep(Duration.ZERO);
                    createTask(() -> log.add(name)).await();
                    sleep(Duration.ofSeconds(1));
                }));
            }
            world.runUntilIdle();
            assertThat(log).containsExactlyInAnyOrder("a", "b");
            assertThat(world.currentTime()).isZero();
            gather(tasks);
        });
    }

    @Test
    void world_refusesWhatItCannotDo() throws Exception {
        var leaked = simulation.run(world -> {
            assertThatIllegalArgumentException().isThrownBy(() -> world.advanceBy(Duration.ofSeconds(-1)));
            assertThatIllegalArgumentException().isThrownBy(() -> world.advanceBy(Weft.FOREVER));
            return world;
        });
        assertThatIllegalStateException()
                .isThrownBy(() -> leaked.advanceBy(Duration.ofSeconds(1)))
                .withMessageContaining("no task of this execution");
        assertThatIllegalStateException().isThrownBy(leaked::runUntilIdle);
        assertThatIllegalStateException().isThrownBy(() -> leaked.external(() -> {}));
    }
}
