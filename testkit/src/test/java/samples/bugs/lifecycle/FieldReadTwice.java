package samples.bugs.lifecycle;

import dev.weft.test.junit.SimulationTest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import samples.bugs.Bug;

/** Close asks a field whether it is null, and then reads it again; the reconnect has ended meanwhile. */
@Bug(report = "redis/lettuce#465", needs = Bug.Needs.FIELDS, finding = "NullPointerException")
class FieldReadTwice {

    private static class Reconnects {
        protected volatile CompletableFuture<String> current = new CompletableFuture<>();

        final void reconnected() {
            current.complete("connected");
            current = null;
        }

        void prepareClose() {
            if (current != null && !current.isDone()) {
                current.cancel(true);
            }
        }
    }

    private static final class Mended extends Reconnects {
        @Override
        void prepareClose() {
            var reconnect = current;
            if (reconnect != null && !reconnect.isDone()) {
                reconnect.cancel(true);
            }
        }
    }

    private static void closeMeanwhile(Reconnects reconnects) throws Exception {
        var tasks = List.of(
                new FutureTask<Void>(reconnects::reconnected, null),
                new FutureTask<Void>(reconnects::prepareClose, null));
        var threads = new ArrayList<Thread>();
        tasks.forEach(task -> threads.add(Thread.ofVirtual().start(task)));
        for (var thread : threads) {
            thread.join();
        }
        try {
            for (var task : tasks) {
                task.get();
            }
        } catch (ExecutionException e) {
            throw (Exception) e.getCause();
        }
    }

    @SimulationTest(deep = true)
    void broken() throws Exception {
        closeMeanwhile(new Reconnects());
    }

    @SimulationTest(deep = true)
    void mended() throws Exception {
        closeMeanwhile(new Mended());
    }
}
