package samples.bugs.queues;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.weft.test.junit.SimulationTest;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import samples.bugs.Bug;

/** Stop interrupts a poller; if it was within a pause that swallows that, it waits for work for ever. */
@Bug(report = "skyscreamer/nevado#35", needs = Bug.Needs.BLOCKING, finding = "deadlock")
class InterruptThatIsSwallowed {

    private static class Poller {
        final LinkedBlockingQueue<String> messages = new LinkedBlockingQueue<>();
        final AtomicInteger received = new AtomicInteger();
        final Thread thread = Thread.ofVirtual().name("poller").unstarted(this::run);

        private void run() {
            try {
                while (!Thread.currentThread().isInterrupted()) {
                    messages.take();
                    received.incrementAndGet();
                    pause();
                }
            } catch (InterruptedException e) {
                // it is over
            }
        }

        void pause() throws InterruptedException {
            try {
                Thread.sleep(Duration.ofMillis(5));
            } catch (InterruptedException e) {
                // wakes up early
            }
        }

        void stop() throws InterruptedException {
            thread.interrupt();
            thread.join();
        }
    }

    private static final class Mended extends Poller {
        @Override
        void pause() throws InterruptedException {
            Thread.sleep(Duration.ofMillis(5));
        }
    }

    private static void sendAndStop(Poller poller) throws InterruptedException {
        poller.thread.start();
        var sender = Thread.ofVirtual().name("sender").start(() -> poller.messages.add("hello"));
        var stopper = Thread.ofVirtual().name("stopper").start(() -> {
            try {
                poller.stop();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        sender.join();
        stopper.join();
        assertFalse(poller.thread.isAlive());
    }

    @SimulationTest(deep = true)
    void broken() throws Exception {
        sendAndStop(new Poller());
    }

    @SimulationTest(deep = true)
    void mended() throws Exception {
        sendAndStop(new Mended());
    }
}
