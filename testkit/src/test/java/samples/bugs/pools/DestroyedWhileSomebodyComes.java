package samples.bugs.pools;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.weft.test.junit.SimulationTest;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import samples.bugs.Bug;

/**
 * A broken object is replaced if somebody waits; who has seen that the pool is full, and is about to wait, is not seen.
 */
@Bug(report = "apache/commons-pool#25", needs = Bug.Needs.CALLS, finding = "deadlock")
class DestroyedWhileSomebodyComes {

    static final class Pooled {}

    private static class Pool {
        private static final int MOST = 1;

        private final LinkedBlockingDeque<Pooled> idle = new LinkedBlockingDeque<>();
        private final AtomicInteger created = new AtomicInteger();
        private final AtomicInteger waiting = new AtomicInteger();

        Pooled borrow() throws InterruptedException {
            var free = idle.pollFirst();
            if (free == null) {
                free = create();
            }
            return free == null ? await() : free;
        }

        Pooled await() throws InterruptedException {
            waiting.incrementAndGet();
            try {
                return idle.takeFirst();
            } finally {
                waiting.decrementAndGet();
            }
        }

        final Pooled create() {
            if (created.incrementAndGet() > MOST) {
                created.decrementAndGet();
                return null;
            }
            return new Pooled();
        }

        void invalidate(Pooled broken) {
            assertNotNull(broken);
            created.decrementAndGet();
            if (waiting.get() > 0) {
                var another = create();
                if (another != null) {
                    idle.addFirst(another);
                }
            }
        }
    }

    /** Looks again from time to time whether there is room for a new one. */
    private static final class Mended extends Pool {
        @Override
        Pooled await() throws InterruptedException {
            for (; ; ) {
                var free = super.idle.pollFirst(100, TimeUnit.MILLISECONDS);
                if (free == null) {
                    free = create();
                }
                if (free != null) {
                    return free;
                }
            }
        }
    }

    private static void use(Pool pool) throws InterruptedException {
        var both = new CountDownLatch(2);
        for (var i = 0; i < 2; i++) {
            Thread.startVirtualThread(() -> {
                try {
                    pool.invalidate(pool.borrow());
                    both.countDown();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
        both.await();
    }

    @SimulationTest(deep = true)
    void broken() throws Exception {
        use(new Pool());
    }

    @SimulationTest(deep = true)
    void mended() throws Exception {
        use(new Mended());
    }
}
