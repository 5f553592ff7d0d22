package samples.bugs.pools;

import dev.weft.test.junit.SimulationTest;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import samples.bugs.Bug;

/** Two borrowers ask for a connection each; the second request finds the first one's, and tells nobody. */
@Bug(report = "brettwooldridge/HikariCP#452", needs = Bug.Needs.BLOCKING, finding = "deadlock")
class SkippedSignal {

    record Connection(int number) {}

    private static class Pool {
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();
        private final Queue<Connection> idle = new ArrayDeque<>();
        private final ExecutorService adder = Executors.newSingleThreadExecutor(
                Thread.ofVirtual().name("adder").factory());
        private final boolean alwaysSignals;
        private int made;

        Pool(boolean alwaysSignals) {
            this.alwaysSignals = alwaysSignals;
        }

        Connection borrow() throws InterruptedException {
            lock.lock();
            try {
                var connection = idle.poll();
                if (connection == null) {
                    adder.execute(this::add);
                }
                while (connection == null) {
                    changed.await();
                    connection = idle.poll();
                    if (connection == null && alwaysSignals) {
                        adder.execute(this::add);
                    }
                }
                return connection;
            } finally {
                lock.unlock();
            }
        }

        private void add() {
            lock.lock();
            try {
                if (idle.isEmpty()) {
                    idle.add(new Connection(++made));
                    changed.signalAll();
                } else if (alwaysSignals) {
                    changed.signalAll();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    private static void borrowTwice(Pool pool) throws Exception {
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = callers.submit(pool::borrow);
            var second = callers.submit(pool::borrow);
            if (first.get().equals(second.get())) {
                throw new AssertionError("one connection for two");
            }
        } finally {
            pool.adder.shutdown();
        }
    }

    @SimulationTest(deep = true)
    void broken() throws Exception {
        borrowTwice(new Pool(false));
    }

    @SimulationTest(deep = true)
    void mended() throws Exception {
        borrowTwice(new Pool(true));
    }
}
