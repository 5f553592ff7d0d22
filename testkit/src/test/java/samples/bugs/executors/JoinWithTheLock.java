package samples.bugs.executors;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.test.junit.SimulationTest;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import samples.bugs.Bug;

/** Close waits, with the lock that guards a thread's variable, for that thread, which wants the lock. */
@Bug(report = "apache/kafka#17491", needs = Bug.Needs.LOCKS, finding = "deadlock")
class JoinWithTheLock {

    private abstract static class Manager implements AutoCloseable {
        final ReadWriteLock lock = new ReentrantReadWriteLock();
        final CountDownLatch begun = new CountDownLatch(1);
        volatile boolean initialized;

        final void initialize() {
            begun.countDown();
            lock.writeLock().lock();
            try {
                initialized = true;
            } finally {
                lock.writeLock().unlock();
            }
        }

        abstract void start();

        @Override
        public abstract void close() throws InterruptedException;
    }

    private static final class Broken extends Manager {
        private Thread initializer = Thread.currentThread();

        @Override
        void start() {
            initializer = Thread.ofVirtual().name("initializer").start(this::initialize);
        }

        @Override
        public void close() throws InterruptedException {
            lock.writeLock().lock();
            try {
                initializer.join();
            } finally {
                lock.writeLock().unlock();
            }
        }
    }

    private static final class Mended extends Manager {
        private final AtomicReference<Thread> initializer = new AtomicReference<>();

        @Override
        void start() {
            initializer.set(Thread.ofVirtual().name("initializer").start(this::initialize));
        }

        @Override
        public void close() throws InterruptedException {
            initializer.get().join();
        }
    }

    private static void startAndClose(Manager manager) throws Exception {
        try (manager) {
            manager.start();
            manager.begun.await();
        }
        assertTrue(manager.initialized);
    }

    @SimulationTest(deep = true)
    void broken() throws Exception {
        startAndClose(new Broken());
    }

    @SimulationTest(deep = true)
    void mended() throws Exception {
        startAndClose(new Mended());
    }
}
