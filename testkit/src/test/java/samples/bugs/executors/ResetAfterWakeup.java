package samples.bugs.executors;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weft.test.junit.SimulationTest;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import samples.bugs.Bug;

/** A service renews its latch after it has looked for a wake-up: one that comes in between opens the old latch. */
@Bug(report = "apache/rocketmq#10544", needs = Bug.Needs.FIELDS, finding = "deadlock")
class ResetAfterWakeup {

    private abstract static class Service {
        final AtomicBoolean notified = new AtomicBoolean();
        final AtomicInteger requests = new AtomicInteger();
        volatile CountDownLatch latch = new CountDownLatch(1);
        final Thread thread = Thread.ofVirtual().name("flush").unstarted(this::run);

        private void run() {
            try {
                while (requests.get() < 2) {
                    waitForRunning();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        void request() {
            requests.incrementAndGet();
            wakeup();
        }

        abstract void wakeup();

        abstract void waitForRunning() throws InterruptedException;
    }

    private static final class Broken extends Service {
        @Override
        void wakeup() {
            if (notified.compareAndSet(false, true)) {
                latch.countDown();
            }
        }

        @Override
        void waitForRunning() throws InterruptedException {
            if (notified.compareAndSet(true, false)) {
                return;
            }
            latch = new CountDownLatch(1);
            latch.await();
            notified.set(false);
        }
    }

    /** The permit of a thread stays until it is used. */
    private static final class Mended extends Service {
        @Override
        void wakeup() {
            if (notified.compareAndSet(false, true)) {
                LockSupport.unpark(thread);
            }
        }

        @Override
        void waitForRunning() {
            while (!notified.compareAndSet(true, false)) {
                LockSupport.park(this);
            }
        }
    }

    private static void requestTwice(Service service) throws InterruptedException {
        service.thread.start();
        service.request();
        service.request();
        service.thread.join();
        assertEquals(2, service.requests.get());
    }

    @SimulationTest(deep = true)
    void broken() throws Exception {
        requestTwice(new Broken());
    }

    @SimulationTest(deep = true)
    void mended() throws Exception {
        requestTwice(new Mended());
    }
}
