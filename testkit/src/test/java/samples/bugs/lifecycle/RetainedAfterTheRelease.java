package samples.bugs.lifecycle;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.weft.test.junit.SimulationTest;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import samples.bugs.Bug;

/** A count of references is looked at, and then raised: the last release may come in between. */
@Bug(report = "netty/netty#8563", needs = Bug.Needs.CALLS, finding = "used after it was freed")
class RetainedAfterTheRelease {

    private static class Buffer {
        final AtomicInteger references = new AtomicInteger(1);
        volatile boolean freed;

        boolean retain() {
            if (references.get() == 0) {
                return false;
            }
            references.incrementAndGet();
            return true;
        }

        final void release() {
            if (references.decrementAndGet() == 0) {
                freed = true;
            }
        }
    }

    private static final class Mended extends Buffer {
        @Override
        boolean retain() {
            return references.getAndUpdate(count -> count == 0 ? 0 : count + 1) > 0;
        }
    }

    private static void readWhileItIsReleased(Buffer buffer) throws Exception {
        var shared = new AtomicReference<>(buffer);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.submit(() -> shared.get().release());
            threads.submit(() -> {
                        var mine = shared.get();
                        if (mine.retain()) {
                            assertFalse(mine.freed, "used after it was freed");
                            mine.release();
                        }
                    })
                    .get();
        }
    }

    @SimulationTest(deep = true)
    void broken() throws Exception {
        readWhileItIsReleased(new Buffer());
    }

    @SimulationTest(deep = true)
    void mended() throws Exception {
        readWhileItIsReleased(new Mended());
    }
}
