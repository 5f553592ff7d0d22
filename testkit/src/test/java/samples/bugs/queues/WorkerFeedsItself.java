package samples.bugs.queues;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weft.test.junit.SimulationTest;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import samples.bugs.Bug;

/** The worker of an asynchronous appender logs something itself, and its queue is full: nobody else empties it. */
@Bug(report = "qos-ch/logback#788", needs = Bug.Needs.CALLS, finding = "deadlock")
class WorkerFeedsItself {

    sealed interface Event {
        record Line(String text) implements Event {}

        record End() implements Event {}
    }

    private static class Appender {
        private static final ThreadLocal<Boolean> IN_WORKER = ThreadLocal.withInitial(() -> false);

        private final BlockingQueue<Event> queue = new ArrayBlockingQueue<>(2);
        private final ConcurrentLinkedDeque<String> written = new ConcurrentLinkedDeque<>();
        private final CountDownLatch masked = new CountDownLatch(2);
        private final boolean bypasses;
        private final Thread worker =
                Thread.ofVirtual().name("AsyncAppender-Worker").start(this::work);

        Appender(boolean bypasses) {
            this.bypasses = bypasses;
        }

        void append(Event event) throws InterruptedException {
            if (bypasses && IN_WORKER.get()) {
                write(event);
            } else {
                queue.put(event);
            }
        }

        private void work() {
            IN_WORKER.set(true);
            try {
                while (write(queue.take())) {}
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private boolean write(Event event) throws InterruptedException {
            return switch (event) {
                case Event.Line(String text)
                when text.startsWith("secret") -> {
                    append(new Event.Line("masked"));
                    masked.countDown();
                    yield true;
                }
                case Event.Line(String text) -> written.add(text);
                case Event.End end -> false;
            };
        }
    }

    private static void log(Appender appender) throws InterruptedException {
        var threads = List.of("secret 1", "plain", "secret 2", "plain").stream()
                .map(text -> Thread.ofVirtual().name(text).start(() -> {
                    try {
                        appender.append(new Event.Line(text));
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }))
                .toList();
        for (var thread : threads) {
            thread.join();
        }
        appender.masked.await();
        appender.append(new Event.End());
        appender.worker.join();
        assertEquals(4, appender.written.size());
    }

    @SimulationTest(deep = true)
    void broken() throws Exception {
        log(new Appender(false));
    }

    @SimulationTest(deep = true)
    void mended() throws Exception {
        log(new Appender(true));
    }
}
