package samples.bugs.pools;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weft.test.junit.SimulationTest;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import samples.bugs.Bug;

/** The user's close meets the shutdown's: both take the connection for open, and it is subtracted twice. */
@Bug(report = "brettwooldridge/HikariCP#128", needs = Bug.Needs.FIELDS, finding = "expected: <0> but was: <-1>")
class ClosedTwice {

    private static final class Entry {
        volatile boolean closed;
        final AtomicBoolean closing = new AtomicBoolean();
    }

    private static final class Pool implements AutoCloseable {
        private final ConcurrentLinkedQueue<Entry> entries = new ConcurrentLinkedQueue<>();
        private final AtomicInteger total = new AtomicInteger();
        private final Predicate<Entry> mayClose;

        Pool(Predicate<Entry> mayClose) {
            this.mayClose = mayClose;
        }

        Entry open() {
            var entry = new Entry();
            entries.add(entry);
            total.incrementAndGet();
            return entry;
        }

        void close(Entry entry) {
            if (mayClose.test(entry)) {
                entry.closed = true;
                total.decrementAndGet();
            }
        }

        @Override
        public void close() {
            entries.forEach(this::close);
        }
    }

    private static void shutDownInUse(Pool pool) throws Exception {
        var entry = pool.open();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.execute(() -> pool.close(entry));
            threads.execute(pool::close);
        }
        assertEquals(0, pool.total.get());
    }

    @SimulationTest(deep = true)
    void broken() throws Exception {
        shutDownInUse(new Pool(entry -> !entry.closed));
    }

    @SimulationTest(deep = true)
    void mended() throws Exception {
        shutDownInUse(new Pool(entry -> entry.closing.compareAndSet(false, true)));
    }
}
