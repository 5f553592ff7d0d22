package dev.weft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cli.hostile.HostileServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program is killed at random moments, resumed, and killed again, until it has been killed {@code -Dweft.kills=50}
 * times (6 without it); {@code -Dweft.kill.seed=1} repeats the same moments as far as a process can.
 * {@code -Dweft.jar=target/weft.jar} takes the program as it is delivered.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no signals to send")
class KilledFetchTest {

    private static final int KILLS = Integer.getInteger("weft.kills", 6);
    private static final long SEED = Long.getLong("weft.kill.seed", System.nanoTime());

    @TempDir
    Path folder;

    static List<String> program() {
        var java = System.getProperty("java.home") + "/bin/java";
        var jar = System.getProperty("weft.jar");
        return jar == null
                ? List.of(
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName())
                : List.of(java, "-jar", jar);
    }

    @Test
    @Timeout(900)
    void fetch_killedAtAnyMoment_leavesNothingWrong_andResumesWithExactlyTheRest() throws Exception {
        var random = new Random(SEED);
        var kills = 0;
        for (var round = 0; kills < KILLS; round++) {
            try (var server = new HostileServer()) {
                var place = Files.createDirectory(folder.resolve("round" + round));
                var fetch = new KilledFetch(server, place, program(), random.nextLong());
                var signal = round;
                while (kills < KILLS && fetch.killAtSomeMoment(KilledFetch.Signal.values()[signal++ % 3])) {
                    kills++;
                }
                fetch.complete();
            }
        }
        assertThat(kills).as("seed " + SEED).isEqualTo(KILLS);
    }
}
