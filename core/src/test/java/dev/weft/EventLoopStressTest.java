package dev.weft;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;

/** Random programs on the event loop: none hangs, no two tasks run at once, and the order is asyncio's. */
@Tag("races")
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EventLoopStressTest {

    private static final Duration LIMIT = Duration.ofMillis(1500).multipliedBy(Integer.getInteger("weft.stress", 1));

    @Test
    void j14_randomProgramsAndDisturbanceFromOutside_endAndKeepTheirTurns(TestReporter reporter) throws Exception {
        var seed = System.nanoTime();
        var random = new Random(seed);
        var end = Deadline.after(LIMIT);
        var programs = 0;
        while (programs < 2000 && (programs == 0 || !end.hasPassed())) {
            programs++;
            var world = new RandomPrograms(random.nextLong());
            var disturber = Thread.ofPlatform().daemon().start(world::disturb);
            try {
                world.run();
            } finally {
                world.stop();
                disturber.join();
            }
            assertThat(world.violations())
                    .as("seed %s, program %s", seed, programs)
                    .isEmpty();
        }
        reporter.publishEntry("programs", Integer.toString(programs));
    }

    @Test
    void j14_randomProgramsOfYieldsAndAwaits_runInTheOrderOfAQueue(TestReporter reporter) throws Exception {
        var seed = System.nanoTime();
        var random = new Random(seed);
        var end = Deadline.after(LIMIT);
        var programs = 0;
        while (programs < 5000 && (programs == 0 || !end.hasPassed())) {
            programs++;
            var program = QueueModel.Program.random(random, 4);
            assertThat(QueueModel.run(program))
                    .as("seed %s, program %s", seed, programs)
                    .isEqualTo(QueueModel.expected(program));
        }
        reporter.publishEntry("programs", Integer.toString(programs));
    }
}
