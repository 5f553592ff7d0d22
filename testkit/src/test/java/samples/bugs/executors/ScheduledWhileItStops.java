package samples.bugs.executors;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.test.junit.SimulationTest;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import samples.bugs.Bug;

/** A hook stops the scheduler between the question whether it runs and the call that takes it for running. */
@Bug(report = "bazel-contrib/rules_jvm#138", needs = Bug.Needs.CALLS, finding = "RejectedExecutionException")
class ScheduledWhileItStops {

    private static class Timeouts {
        final ScheduledExecutorService scheduler =
                Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());

        Future<?> onTimeout(Runnable action) {
            return scheduler.isShutdown() ? null : scheduler.schedule(action, 10, TimeUnit.MINUTES);
        }

        void stop() {
            scheduler.shutdownNow();
        }
    }

    private static final class Mended extends Timeouts {
        private final Object guard = new Object();

        @Override
        Future<?> onTimeout(Runnable action) {
            synchronized (guard) {
                return super.onTimeout(action);
            }
        }

        @Override
        void stop() {
            synchronized (guard) {
                super.stop();
            }
        }
    }

    private static void stopMeanwhile(Supplier<Timeouts> maker) throws Exception {
        var timeouts = maker.get();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var request = threads.submit(() -> timeouts.onTimeout(() -> {}));
            var hook = threads.submit(timeouts::stop);
            request.get();
            hook.get();
        }
        assertTrue(timeouts.scheduler.awaitTermination(1, TimeUnit.MINUTES));
    }

    @SimulationTest(deep = true)
    void broken() throws Exception {
        stopMeanwhile(Timeouts::new);
    }

    @SimulationTest(deep = true)
    void mended() throws Exception {
        stopMeanwhile(Mended::new);
    }
}
