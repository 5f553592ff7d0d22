package dev.weft.sync;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.OnEveryRuntime;
import dev.weft.TestRuntime;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The primitives under a storm of cancellations: {@value #OPERATIONS} operations for each method and runtime, or as
 * many as the system property {@code weft.stress.operations} says. What they must find is seeded in the methods that
 * begin with {@code canary}.
 */
@Tag("races")
class SyncStressTest {

    private static final int OPERATIONS = 20_000;
    private static final int CHOSEN = Integer.getInteger("weft.stress.operations", OPERATIONS);
    private static final Duration LIMIT = Duration.ofSeconds(50);
    private static final Duration CANARY_LIMIT = Duration.ofMillis(2_000);

    private static SyncStress stress(TestRuntime runtime) {
        return new SyncStress(runtime, CHOSEN, System.nanoTime(), LIMIT);
    }

    /**
     * Without an operation that was cut off it has tested nothing, and on a busy machine the first may come late. A
     * schedule of a simulation may be a quiet one.
     */
    private static void untilInterrupted(TestRuntime runtime, Storm storm) throws Exception {
        var isReal = runtime == TestRuntime.PARALLEL || runtime == TestRuntime.EVENT_LOOP;
        SyncStress stress;
        do {
            stress = stress(runtime);
            storm.run(stress);
        } while (isReal && stress.interruptions() == 0);
    }

    private interface Storm {
        void run(SyncStress stress) throws Exception;
    }

    private static SyncStress canary() {
        return new SyncStress(TestRuntime.EVENT_LOOP, OPERATIONS, System.nanoTime(), CANARY_LIMIT);
    }

    @OnEveryRuntime
    void l3_cancelStorm_lockIsNeverLostNorHeldTwice(TestRuntime runtime) throws Exception {
        untilInterrupted(runtime, stress -> stress.lock(new Lock()));
    }

    @OnEveryRuntime
    void se3_cancelStorm_noPermitIsLostNorMade(TestRuntime runtime) throws Exception {
        untilInterrupted(runtime, stress -> stress.semaphore(new Semaphore(3), 3));
    }

    @OnEveryRuntime
    void q5_cancelStorm_eachItemComesOutOnce(TestRuntime runtime) throws Exception {
        untilInterrupted(runtime, stress -> stress.queue(new Queue<>(4)));
    }

    @OnEveryRuntime
    void co6_cancelStorm_noSignalIsLost(TestRuntime runtime) throws Exception {
        untilInterrupted(runtime, stress -> stress.conditions());
    }

    @Test
    void canary_permitOfACancelledWaiterIsLost_isFound() {
        var faulty = new Semaphore(new Permits(3, 3, "faulty") {
            @Override
            long takeBack(long now, WaitNode node) {
                return now;
            }
        });
        assertThatThrownBy(() -> canary().semaphore(faulty, 3)).isInstanceOf(AssertionError.class);
    }

    @Test
    void canary_permitOfACancelledWaiterIsDoubled_isFound() {
        var faulty = new Semaphore(new Permits(1, Integer.MAX_VALUE, "faulty") {
            @Override
            long takeBack(long now, WaitNode node) {
                return now + 2 * ONE;
            }
        });
        assertThatThrownBy(() -> canary().lock(faulty))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("two hold");
    }

    @Test
    void canary_itemPromisedToACancelledGetterIsStuck_isFound() {
        var faulty = new Queue<>(new QueueCore<Integer>(4, new DequeBuffer<>(false)) {
            @Override
            long takeBack(long now, WaitNode node) {
                return now;
            }
        });
        assertThatThrownBy(() -> canary().queue(faulty)).isInstanceOf(AssertionError.class);
    }
}
