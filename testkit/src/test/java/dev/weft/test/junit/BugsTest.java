package dev.weft.test.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weft.test.ScheduleFailedError;
import dev.weft.test.Simulation;
import dev.weft.test.SimulationError;
import dev.weft.test.SimulationError.Kind;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import samples.bugs.Bug;

/**
 * Bugs that others have met: each is found, its schedule shows it again, and the mended program is quiet. The property
 * {@code weft.deep.seeds} says under how many schedules that is looked at.
 */
@Timeout(300)
class BugsTest {

    private static final int MOST_SEEDS = 1_000;
    private static final int QUIET_SEEDS = Integer.getInteger("weft.deep.seeds", 10);

    private static final Simulation SIMULATION = Simulation.create().deep();

    static Stream<Class<?>> all() {
        return BugPrograms.all().stream();
    }

    @ParameterizedTest
    @MethodSource("all")
    void broken_isFoundAndRepeated(Class<?> program) throws Exception {
        var body = DeepTestMethod.of(BugPrograms.broken(program));
        var found = catchThrowableOfType(ScheduleFailedError.class, () -> SIMULATION.explore(MOST_SEEDS, body));
        assertThat(found).as("found in %d schedules", MOST_SEEDS).isNotNull();
        assertThat(found.getCause())
                .as(() -> found.getMessage())
                .hasStackTraceContaining(program.getAnnotation(Bug.class).finding())
                .matches(cause -> !(cause instanceof SimulationError error) || error.kind() != Kind.NONDETERMINISM);
        var again = catchThrowableOfType(ScheduleFailedError.class, () -> SIMULATION.replay(found.schedule(), body));
        assertThat(again).as("found again under %s", found.schedule()).isNotNull();
        assertThat(Measured.firstLine(again)).isEqualTo(Measured.firstLine(found));
    }

    @ParameterizedTest
    @MethodSource("all")
    void mended_isQuiet(Class<?> program) throws Exception {
        SIMULATION.explore(QUIET_SEEDS, DeepTestMethod.of(BugPrograms.mended(program)));
    }
}
