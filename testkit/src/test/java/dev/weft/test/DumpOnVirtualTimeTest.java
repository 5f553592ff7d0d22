package dev.weft.test;

import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;
import static dev.weft.Weft.waitUntil;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ReturnWhen;
import dev.weft.Weft;
import dev.weft.test.junit.SimulationTest;
import java.time.Duration;
import java.util.List;

/** A dump's times are those of the simulation, and exact. */
class DumpOnVirtualTimeTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @SimulationTest(seeds = 3)
    void ageAndDeadline_areVirtual() throws Exception {
        var sleeper = createTask("sleeps on virtual time", () -> timeout(HOUR.multipliedBy(3), () -> sleep(FOREVER)));
        sleep(HOUR);
        sleep(HOUR);
        var entry = Weft.dump(0).entries().stream()
                .filter(each -> each.name().equals("sleeps on virtual time"))
                .findFirst()
                .orElseThrow();
        assertThat(entry.age()).isEqualTo(HOUR.multipliedBy(2));
        assertThat(entry.deadline().remaining()).isEqualTo(HOUR);
        sleeper.cancel();
        waitUntil(ReturnWhen.ALL_COMPLETED, List.of(sleeper));
    }
}
