package dev.weft.test.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.engine.TestExecutionResult.Status;

/** {@code @SimulationTest(deep = true)} on programs whose classes are rewritten. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeepSimulationTest {

    private static final Class<?> PROGRAMS = programs();

    private Launched launched;

    private static Class<?> programs() {
        try {
            return Class.forName("samples.deep.Programs");
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeAll
    void run() {
        launched = Launched.run(PROGRAMS);
    }

    @AfterAll
    void forget() {
        launched = null;
    }

    static Stream<String> methods() {
        return Arrays.stream(PROGRAMS.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(SimulationTest.class))
                .map(java.lang.reflect.Method::getName)
                .sorted();
    }

    /** Within the hundred schedules that the annotation has unless it says otherwise. */
    @ParameterizedTest
    @MethodSource("methods")
    void program_isFoundFaultyIfItIs(String method) {
        var expected = method.startsWith("faulty_") ? Status.FAILED : Status.SUCCESSFUL;
        assertThat(launched.status(method))
                .as(() -> String.valueOf(launched.thrown(method).orElse(null)))
                .isEqualTo(expected);
    }
}
