package samples.bugs.lifecycle;

import dev.weft.test.junit.SimulationTest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import samples.bugs.Bug;

/** A request registers with a phaser before it is marked; one that completes in between never leaves. */
@Bug(report = "apache/solr#4292", needs = Bug.Needs.CALLS, finding = "deadlock")
class PartyThatStays {

    private abstract static class Tracker {
        final Phaser phaser = new Phaser(1);
        final Semaphore available = new Semaphore(2);
        final Map<String, Boolean> marked = new ConcurrentHashMap<>();

        abstract void send(String request, Executor io) throws InterruptedException;

        final void completed(String request) {
            if (marked.remove(request) != null) {
                phaser.arriveAndDeregister();
                available.release();
            }
        }

        final void awaitAll() {
            phaser.arriveAndAwaitAdvance();
            phaser.arriveAndDeregister();
        }
    }

    private static final class Broken extends Tracker {
        @Override
        void send(String request, Executor io) throws InterruptedException {
            available.acquire();
            phaser.register();
            io.execute(() -> completed(request));
            marked.put(request, true);
        }
    }

    private static final class Mended extends Tracker {
        @Override
        void send(String request, Executor io) throws InterruptedException {
            available.acquire();
            phaser.register();
            marked.put(request, true);
            io.execute(() -> completed(request));
        }
    }

    private static void sendTwo(Tracker tracker) throws Exception {
        try (var io = Executors.newVirtualThreadPerTaskExecutor()) {
            tracker.send("one", io);
            tracker.send("two", io);
            tracker.awaitAll();
        }
    }

    @SimulationTest(deep = true)
    void broken() throws Exception {
        sendTwo(new Broken());
    }

    @SimulationTest(deep = true)
    void mended() throws Exception {
        sendTwo(new Mended());
    }
}
