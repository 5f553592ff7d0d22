package dev.weft.sync;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Permits and those who wait for them are linearizable: as if each operation, of waiters too, were done at one moment.
 */
@Tag("lincheck")
class PermitsLincheckTest {

    @Test
    void permits_areLinearizable() {
        Linearizability.assertHolds(Operations.class);
    }

    @Test
    void canary_wordIsChangedInTwoSteps_isFound() {
        Linearizability.assertIsViolated(Canary.class);
    }

    /** What one can do with permits without waiting; each thread has one waiter at a time. */
    @Param(name = "amount", gen = IntGen.class, conf = "1:2")
    @Param(name = "thread", gen = ThreadIdGen.class)
    public static class Operations {

        private final Permits permits = new Permits(1, 3, "permits");
        private final WaitNode[] waiters = new WaitNode[Linearizability.THREADS + 1];

        @Operation
        public boolean tryTake(@Param(name = "amount") int amount) {
            return permits.tryTake(amount);
        }

        @Operation
        public boolean give(@Param(name = "amount") int amount) {
            return permits.give(amount);
        }

        @Operation
        public int free() {
            return permits.free();
        }

        @Operation
        public String begin(@Param(name = "thread") int thread, @Param(name = "amount") int amount) {
            if (waiters[thread] != null) {
                return "waits already";
            }
            waiters[thread] = permits.begin(amount);
            return waiters[thread] == null ? "taken" : "waits";
        }

        @Operation
        public boolean end(@Param(name = "thread") int thread) {
            var ended = waiters[thread] != null && waiters[thread].isGranted();
            if (ended) {
                waiters[thread] = null;
            }
            return ended;
        }

        @Operation
        public void cancel(@Param(name = "thread") int thread) {
            if (waiters[thread] != null) {
                permits.withdraw(waiters[thread]);
                waiters[thread] = null;
            }
        }
    }

    /** On a word that two can change at once. Few operations, so that a scenario that shows it comes soon. */
    @Param(name = "amount", gen = IntGen.class, conf = "1:2")
    public static class Canary {

        private final Permits permits = new Permits(1, 3, "permits") {
            @Override
            boolean compareAndSet(long expected, long next) {
                var same = word() == expected;
                if (same) {
                    word = next;
                }
                return same;
            }
        };

        @Operation
        public boolean tryTake(@Param(name = "amount") int amount) {
            return permits.tryTake(amount);
        }

        @Operation
        public boolean give(@Param(name = "amount") int amount) {
            return permits.give(amount);
        }
    }
}
