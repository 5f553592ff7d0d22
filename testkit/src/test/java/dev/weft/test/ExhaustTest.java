package dev.weft.test;

import static dev.weft.Weft.gather;
import static dev.weft.Weft.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weft.VoidBody;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every schedule of a small program, and how much a search has seen. */
@Timeout(60)
class ExhaustTest {

    private final Simulation simulation = Simulation.create();

    /** Three tasks with one turn after their first. */
    private static VoidBody<Exception> orders(Set<String> seen) {
        return () -> {
            var log = new ArrayList<String>();
            gather(() -> say("a", log), () -> say("b", log), () -> say("c", log));
            seen.add(String.join("", log));
        };
    }

    private static String say(String name, ArrayList<String> log) throws InterruptedException {
        sleep(Duration.ZERO);
        log.add(name);
        return name;
    }

    @Test
    void allOrders_areSeenOnce() throws Exception {
        var seen = new HashSet<String>();
        var coverage = simulation.exhaust(10_000, orders(seen));
        assertThat(seen).containsExactlyInAnyOrder("abc", "acb", "bac", "bca", "cab", "cba");
        assertThat(coverage.complete()).isTrue();
        assertThat(coverage.distinct()).isEqualTo(coverage.schedules());
        assertThat(coverage)
                .hasToString(coverage.schedules() + " schedules, " + coverage.schedules()
                        + " different; there are no others");
    }

    @Test
    void limit_endsItEarly_andIsSaid() throws Exception {
        var coverage = simulation.exhaust(5, orders(new HashSet<>()));
        assertThat(coverage).isEqualTo(new Coverage(5, 5, 5, false));
        assertThat(coverage).hasToString("5 schedules, 5 different; of the last 5, 5 were new");
    }

    @Test
    void programWithoutChoices_hasOneSchedule() throws Exception {
        assertThat(simulation.exhaust(1, () -> {})).isEqualTo(new Coverage(1, 1, 1, true));
    }

    @Test
    void failure_hasAsFewDetoursAsCanBe() {
        var failed = catchThrowableOfType(
                ScheduleFailedError.class,
                () -> simulation.withoutShrinking().exhaust(10_000, () -> {
                    var log = new ArrayList<String>();
                    gather(() -> say("a", log), () -> say("b", log), () -> say("c", log));
                    assertThat(log).isNotEqualTo(java.util.List.of("b", "a", "c"));
                }));
        assertThat(failed.schedule().toString()).matches("order:\\d+=1");
    }

    @Test
    void deepPrograms_areExhausted_too() throws Exception {
        var failed = catchThrowableOfType(
                ScheduleFailedError.class,
                () -> Simulation.create()
                        .deep()
                        .exhaust(10_000, DeepProgram.of(samples.deep.Increments.class, "samples.other")));
        assertThat(failed).hasMessageContaining("one of 2 increments was lost");
    }

    @Test
    void exploration_saysHowMuchItHasSeen() throws Exception {
        var coverage = simulation.explore(300, orders(new HashSet<>()));
        assertThat(coverage.schedules()).isEqualTo(300);
        assertThat(coverage.distinct()).isBetween(6, 300);
        assertThat(coverage.newAmongLast()).isLessThan(100);
        assertThat(coverage.complete()).isFalse();
    }

    @Test
    void badLimit_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> simulation.exhaust(0, () -> {}))
                .withMessage("schedules must be positive, not 0");
    }
}
