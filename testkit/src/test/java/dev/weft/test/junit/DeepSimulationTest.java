package dev.weft.test.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.engine.TestExecutionResult.Status;

/** {@code @SimulationTest(deep = true)} on programs whose classes are rewritten. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeepSimulationTest {

    private static final List<Class<?>> PROGRAMS = List.of(
            sample("samples.deep.Programs"),
            sample("samples.deep.Initializers"),
            sample("samples.deep.Waits"),
            sample("samples.deep.Lifecycles"),
            sample("samples.deep.OwnThreadPrograms"),
            sample("samples.deep.TimersAndPools"),
            sample("samples.deep.Sweeps"),
            sample("samples.deep.Mocks"),
            sample("samples.deep.LockedCollections"),
            sample("samples.deep.SharedObjects"),
            sample("samples.deep.ObjectsOfOneThread"),
            sample("samples.deep.WholeStates"),
            sample("samples.deep.Publishers"),
            sample("samples.deep.Libraries"),
            sample("samples.deep.Correct"));

    private Map<String, Launched> launched;

    private static Class<?> sample(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeAll
    void run() {
        launched = PROGRAMS.stream().collect(Collectors.toMap(Class::getSimpleName, Launched::run));
    }

    @AfterAll
    void forget() {
        launched = null;
    }

    static Stream<Arguments> methods() {
        return PROGRAMS.stream()
                .flatMap(program -> Stream.concat(Stream.of(program), Arrays.stream(program.getDeclaredClasses()))
                        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                        .filter(method -> method.isAnnotationPresent(SimulationTest.class))
                        .map(Method::getName)
                        .sorted()
                        .map(method -> Arguments.of(program.getSimpleName(), method)));
    }

    /** Within the hundred schedules that the annotation has unless it says otherwise. */
    @ParameterizedTest
    @MethodSource("methods")
    void program_isFoundFaultyIfItIs(String program, String method) {
        var expected = method.startsWith("faulty_") ? Status.FAILED : Status.SUCCESSFUL;
        var ended = launched.get(program);
        assertThat(ended.status(method))
                .as(() -> String.valueOf(ended.thrown(method).orElse(null)))
                .isEqualTo(expected);
    }

    @Test
    void failureOfTheTest_isKept_whenWhatFollowsFailsToo() {
        assertThat(launched.get("Lifecycles").thrown("faulty_bothFailuresAreKept"))
                .get()
                .extracting(Throwable::getCause)
                .satisfies(cause -> assertThat(cause).hasMessage("in the test"))
                .satisfies(cause -> assertThat(cause.getSuppressed())
                        .extracting(Throwable::getMessage)
                        .contains("in the method after"));
    }

    @Test
    void initializerThatWaitsForAThreadThatNeedsItsClass_isADeadlockThatNamesBoth() {
        assertThat(launched.get("Initializers").thrown("faulty_initializerWaitsForAThreadThatNeedsTheClass"))
                .get()
                .asString()
                .contains("deadlock: every thread waits")
                .contains("started waits for the initializer of Initializers.Starts, which main holds");
    }

    @Test
    void howMuchWasSeen_isPublished() {
        var programs = launched.get("Programs");
        assertThat(programs.published("correct_everyScheduleOfOneThread").get("weft.schedules"))
                .matches("(\\d+) schedules, \\1 different; there are no others");
        assertThat(programs.published("correct_staticStateIsNew").get("weft.schedules"))
                .startsWith("100 schedules, 1 different; of the last 100, ");
    }
}
