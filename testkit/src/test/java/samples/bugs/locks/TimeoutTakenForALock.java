package samples.bugs.locks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weft.test.junit.SimulationTest;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import samples.bugs.Bug;

/** A request waits for its user's lock for some time, and goes on without it when that is over. */
@Bug(report = "dimagi/formplayer#187", needs = Bug.Needs.BLOCKING, finding = "expected: <1> but was: <2>")
class TimeoutTakenForALock {

    private static class Requests {
        final Lock lock = new ReentrantLock();
        int active;
        int most;

        final void serve(long millis) {
            most = Math.max(most, ++active);
            try {
                Thread.sleep(Duration.ofMillis(millis));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            active--;
        }

        void request(long millis) throws InterruptedException {
            var locked = lock.tryLock(15, TimeUnit.MILLISECONDS);
            try {
                serve(millis);
            } finally {
                if (locked) {
                    lock.unlock();
                }
            }
        }
    }

    private static final class Mended extends Requests {
        @Override
        void request(long millis) throws InterruptedException {
            if (lock.tryLock(15, TimeUnit.MILLISECONDS)) {
                try {
                    serve(millis);
                } finally {
                    lock.unlock();
                }
            }
        }
    }

    private static void threeAtOnce(Requests requests) throws InterruptedException {
        var threads = new Thread[3];
        for (var i = 0; i < threads.length; i++) {
            var millis = 5 + 5 * i;
            threads[i] = Thread.ofVirtual().name("request " + i).start(() -> {
                try {
                    requests.request(millis);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
        for (var thread : threads) {
            thread.join();
        }
        assertEquals(1, requests.most);
    }

    @SimulationTest(deep = true)
    void broken() throws Exception {
        threeAtOnce(new Requests());
    }

    @SimulationTest(deep = true)
    void mended() throws Exception {
        threeAtOnce(new Mended());
    }
}
