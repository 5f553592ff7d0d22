package samples.bugs.limits;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.test.junit.SimulationTest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import samples.bugs.Bug;

/** A bulkhead hands its permit to a caller that has just stopped waiting: nobody has it, nobody gives it back. */
@Bug(report = "failsafe-lib/failsafe#395", needs = Bug.Needs.CALLS, finding = "no permit")
class PermitForNobody {

    private abstract static class Bulkhead {
        final ConcurrentLinkedQueue<CompletableFuture<Void>> waiting = new ConcurrentLinkedQueue<>();
        final Semaphore permits = new Semaphore(1);

        final boolean acquire(long millis) throws InterruptedException {
            if (permits.tryAcquire()) {
                return true;
            }
            var turn = new CompletableFuture<Void>();
            waiting.add(turn);
            try {
                turn.get(millis, TimeUnit.MILLISECONDS);
                return true;
            } catch (TimeoutException e) {
                return late(turn);
            } catch (ExecutionException e) {
                throw new AssertionError(e);
            }
        }

        abstract boolean late(CompletableFuture<Void> turn);

        abstract void release();
    }

    private static final class Broken extends Bulkhead {
        @Override
        boolean late(CompletableFuture<Void> turn) {
            waiting.remove(turn);
            return false;
        }

        @Override
        void release() {
            var next = waiting.poll();
            if (next == null) {
                permits.release();
            } else {
                next.complete(null);
            }
        }
    }

    private static final class Mended extends Bulkhead {
        @Override
        boolean late(CompletableFuture<Void> turn) {
            waiting.remove(turn);
            return !turn.cancel(false);
        }

        @Override
        void release() {
            for (var next = waiting.poll(); next != null; next = waiting.poll()) {
                if (next.complete(null)) {
                    return;
                }
            }
            permits.release();
        }
    }

    private static void holdAsLongAsOthersWait(Bulkhead bulkhead) throws InterruptedException {
        assertTrue(bulkhead.acquire(0));
        var waiter = Thread.ofVirtual().start(() -> {
            try {
                if (bulkhead.acquire(20)) {
                    bulkhead.release();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Thread.sleep(20);
        bulkhead.release();
        waiter.join();
        assertTrue(bulkhead.permits.tryAcquire(), "no permit");
    }

    @SimulationTest(deep = true)
    void broken() throws Exception {
        holdAsLongAsOthersWait(new Broken());
    }

    @SimulationTest(deep = true)
    void mended() throws Exception {
        holdAsLongAsOthersWait(new Mended());
    }
}
