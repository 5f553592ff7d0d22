package dev.weft.sync;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;

/**
 * Runs random scenarios of operations on two threads, in many of the ways in which their steps can be interleaved, and
 * compares the results with those of all orders in which one thread could have done them. Each test of this kind has a
 * canary: Lincheck's other interface is known to pass everything on some JDKs. {@code -Dweft.lincheck.scenarios=N} runs
 * N scenarios.
 */
public final class Linearizability {

    public static final int THREADS = 2;

    private static final int OPERATIONS_PER_THREAD = 4;
    private static final int SCENARIOS = Integer.getInteger("weft.lincheck.scenarios", 4);

    /** A canary's scenarios are short, so that the schedules are enough for most of their interleavings. */
    private static final int OPERATIONS_FOR_A_CANARY = 2;

    private static final int SCENARIOS_FOR_A_CANARY = 300;
    private static final int SCHEDULES = 200;

    private Linearizability() {}

    public static void assertHolds(Class<?> operations) {
        check(operations, OPERATIONS_PER_THREAD, SCENARIOS);
    }

    public static void assertIsViolated(Class<?> operations) {
        assertThatThrownBy(() -> check(operations, OPERATIONS_FOR_A_CANARY, SCENARIOS_FOR_A_CANARY))
                .isInstanceOf(LincheckAssertionError.class);
    }

    private static void check(Class<?> operations, int perThread, int scenarios) {
        new ModelCheckingOptions()
                .threads(THREADS)
                .actorsPerThread(perThread)
                .iterations(scenarios)
                .invocationsPerIteration(SCHEDULES)
                .minimizeFailedScenario(false)
                .check(operations);
    }
}
