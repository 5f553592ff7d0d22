package samples.bugs.queues;

import dev.weft.test.junit.SimulationTest;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import samples.bugs.Bug;

/** A producer signals only if a consumer waits; one that has looked, and is about to wait, is not counted yet. */
@Bug(report = "LMAX-Exchange/disruptor#119", needs = Bug.Needs.LOCKS, finding = "deadlock")
class WaiterNotYetCounted {

    private static class WaitStrategy {
        final Lock lock = new ReentrantLock();
        final Condition published = lock.newCondition();
        final AtomicLong cursor = new AtomicLong(-1);
        volatile int waiters;

        void waitFor(long sequence) throws InterruptedException {
            if (cursor.get() >= sequence) {
                return;
            }
            lock.lock();
            try {
                waiters++;
                published.await();
                waiters--;
            } finally {
                lock.unlock();
            }
        }

        final void publish(long sequence) {
            cursor.set(sequence);
            if (waiters > 0) {
                lock.lock();
                try {
                    published.signalAll();
                } finally {
                    lock.unlock();
                }
            }
        }
    }

    private static final class Mended extends WaitStrategy {
        @Override
        void waitFor(long sequence) throws InterruptedException {
            lock.lock();
            try {
                waiters++;
                while (cursor.get() < sequence) {
                    published.await();
                }
                waiters--;
            } finally {
                lock.unlock();
            }
        }
    }

    private static void publishOne(WaitStrategy strategy) throws InterruptedException {
        var consumer = Thread.ofVirtual().name("consumer").start(() -> {
            try {
                strategy.waitFor(0);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        var producer = Thread.ofVirtual().name("producer").start(() -> strategy.publish(0));
        producer.join();
        consumer.join();
    }

    @SimulationTest(deep = true)
    void broken() throws Exception {
        publishOne(new WaitStrategy());
    }

    @SimulationTest(deep = true)
    void mended() throws Exception {
        publishOne(new Mended());
    }
}
