package samples.bugs.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weft.test.junit.SimulationTest;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicLongArray;
import samples.bugs.Bug;

/** A histogram of latencies adds up in plain elements. */
@Bug(report = "apache/paimon#8942", needs = Bug.Needs.FIELDS, finding = "expected: <4> but was: <3>")
class CountsInAnArray {

    private interface Histogram {
        void add(long nanos);

        long count();

        default int bucket(long nanos) {
            return nanos < 1_000 ? 0 : nanos < 1_000_000 ? 1 : 2;
        }
    }

    private static final class Broken implements Histogram {
        private final long[] counts = new long[3];

        @Override
        public void add(long nanos) {
            counts[bucket(nanos)]++;
        }

        @Override
        public long count() {
            return Arrays.stream(counts).sum();
        }
    }

    private static final class Mended implements Histogram {
        private final AtomicLongArray counts = new AtomicLongArray(3);

        @Override
        public void add(long nanos) {
            counts.incrementAndGet(bucket(nanos));
        }

        @Override
        public long count() {
            var sum = 0L;
            for (var i = 0; i < counts.length(); i++) {
                sum += counts.get(i);
            }
            return sum;
        }
    }

    private static void record(Histogram histogram) {
        var end = new Phaser(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var latency : new long[] {500, 40_000, 60_000, 2_000_000}) {
                end.register();
                threads.execute(() -> {
                    histogram.add(latency);
                    end.arriveAndDeregister();
                });
            }
            end.arriveAndAwaitAdvance();
        }
        assertEquals(4, histogram.count());
    }

    @SimulationTest(deep = true)
    void broken() {
        record(new Broken());
    }

    @SimulationTest(deep = true)
    void mended() {
        record(new Mended());
    }
}
