package dev.weft.sync;

import java.util.List;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A bounded queue, its waiters and its shutdown are linearizable: as if each operation were done at one moment. */
@Tag("lincheck")
class QueueLincheckTest {

    @Test
    void queue_isLinearizable() {
        Linearizability.assertHolds(Operations.class);
    }

    @Test
    void canary_lockIsTakenInTwoSteps_isFound() {
        Linearizability.assertIsViolated(Canary.class);
    }

    /** What one can do with a queue without waiting; each thread has one waiter of each kind at a time. */
    @Param(name = "item", gen = IntGen.class, conf = "1:9")
    @Param(name = "thread", gen = ThreadIdGen.class)
    public static class Operations {

        private final QueueCore<Integer> queue = new QueueCore<>(2, new DequeBuffer<>(false));
        private final QueueCore.@Nullable Turn[] putters = new QueueCore.Turn[Linearizability.THREADS + 1];
        private final QueueCore.@Nullable Turn[] getters = new QueueCore.Turn[Linearizability.THREADS + 1];
        private final int[] items = new int[Linearizability.THREADS + 1];

        @Operation
        public boolean tryPut(@Param(name = "item") int item) {
            return queue.tryPut(item);
        }

        @Operation
        public @Nullable Integer tryTake() {
            return queue.tryTake();
        }

        @Operation
        public int size() {
            return queue.size();
        }

        @Operation
        public void shutdown() {
            queue.shutdown();
        }

        @Operation
        public List<Integer> shutdownNow() {
            return queue.shutdownNow();
        }

        @Operation
        public String beginPut(@Param(name = "thread") int thread, @Param(name = "item") int item) {
            if (putters[thread] != null) {
                return "waits already";
            }
            items[thread] = item;
            putters[thread] = queue.beginPut(item);
            return putters[thread] == null ? "put" : "waits";
        }

        @Operation
        public boolean endPut(@Param(name = "thread") int thread) {
            var self = putters[thread];
            var ended = self != null && self.isReady();
            if (ended) {
                putters[thread] = null;
                queue.endPut(self, items[thread]);
            }
            return ended;
        }

        @Operation
        public void cancelPut(@Param(name = "thread") int thread) {
            if (putters[thread] != null) {
                queue.withdraw(putters[thread]);
                putters[thread] = null;
            }
        }

        @Operation
        public String beginTake(@Param(name = "thread") int thread) {
            if (getters[thread] != null) {
                return "waits already";
            }
            getters[thread] = queue.beginTake();
            return getters[thread] == null ? "need not wait" : "waits";
        }

        @Operation
        public @Nullable Integer endTake(@Param(name = "thread") int thread) {
            var self = getters[thread];
            if (self == null || !self.isReady()) {
                return null;
            }
            getters[thread] = null;
            return queue.endTake(self);
        }

        @Operation
        public void cancelTake(@Param(name = "thread") int thread) {
            if (getters[thread] != null) {
                queue.withdraw(getters[thread]);
                getters[thread] = null;
            }
        }
    }

    /** On a lock that two can take at once. Few operations, so that a scenario that shows it comes soon. */
    @Param(name = "item", gen = IntGen.class, conf = "1:9")
    public static class Canary {

        private final QueueCore<Integer> queue = new QueueCore<>(2, new DequeBuffer<>(false)) {
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
        public boolean tryPut(@Param(name = "item") int item) {
            return queue.tryPut(item);
        }

        @Operation
        public @Nullable Integer tryTake() {
            return queue.tryTake();
        }
    }
}
