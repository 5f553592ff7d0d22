package samples.bugs.limits;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.test.junit.SimulationTest;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import samples.bugs.Bug;

/** A token bucket is empty, and refilled by another thread just before this one wants to: it takes that for a no. */
@Bug(report = "linkedin/venice#776", needs = Bug.Needs.CALLS, finding = "rejected")
class RefilledBySomebodyElse {

    private static class TokenBucket {
        private static final long CAPACITY = 10;
        private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(5);

        final AtomicLong tokens = new AtomicLong();
        final AtomicLong nextRefill = new AtomicLong(System.nanoTime() + INTERVAL);

        boolean tryConsume() {
            return consume() || refill() && consume();
        }

        final boolean consume() {
            return tokens.getAndUpdate(left -> left == 0 ? 0 : left - 1) > 0;
        }

        final boolean refill() {
            var due = nextRefill.get();
            if (System.nanoTime() < due || !nextRefill.compareAndSet(due, System.nanoTime() + INTERVAL)) {
                return false;
            }
            tokens.set(CAPACITY);
            return true;
        }
    }

    /** Guards both: whoever finds the bucket empty sees a refill as a whole. */
    private static final class Mended extends TokenBucket {
        @Override
        synchronized boolean tryConsume() {
            if (consume()) {
                return true;
            }
            refill();
            return consume();
        }
    }

    private static void consumeTwice(TokenBucket bucket) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(6);
        var rejected = new AtomicLong();
        Runnable request = () -> rejected.addAndGet(bucket.tryConsume() ? 0 : 1);
        var one = Thread.startVirtualThread(request);
        var other = Thread.startVirtualThread(request);
        one.join();
        other.join();
        assertTrue(rejected.get() == 0, () -> rejected + " rejected");
    }

    @SimulationTest(deep = true)
    void broken() throws Exception {
        consumeTwice(new TokenBucket());
    }

    @SimulationTest(deep = true)
    void mended() throws Exception {
        consumeTwice(new Mended());
    }
}
