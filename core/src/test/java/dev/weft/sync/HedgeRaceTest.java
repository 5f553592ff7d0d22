package dev.weft.sync;

import static dev.weft.sync.Attempts.hedge;
import static java.time.Duration.ZERO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Body;
import dev.weft.TestRuntime;
import dev.weft.internal.task.StructuredStrand;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tries of a hedge that end at nearly the same time. */
@Tag("races")
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HedgeRaceTest {

    private static final int ROUNDS = 3_000 * Integer.getInteger("weft.stress", 1);

    /** Up to 8 µs after the caller has begun to look at what has ended. */
    private static final int DELAYS = 16;

    private static final long DELAY_NANOS = 500;

    @Test
    void hedge_bodyReturnsWhileTheFailureOfAnotherIsLookedAt_itsResultIsReturned() throws Exception {
        TestRuntime.PARALLEL.run(() -> {
            for (var round = 0; round < ROUNDS; round++) {
                assertThat(oneFailsAndOneReturns(round % DELAYS * DELAY_NANOS)).isEqualTo("result");
            }
        });
    }

    private static String oneFailsAndOneReturns(long delayNanos) throws InterruptedException {
        var caller = StructuredStrand.current();
        var fail = new CountDownLatch(1);
        Body<String, InterruptedException> fails = () -> {
            fail.await();
            throw new IllegalStateException("not the result");
        };
        Body<String, InterruptedException> returns = () -> {
            Object wait = null;
            while (wait == null) {
                Thread.yield();
                wait = caller.waitingFor();
            }
            fail.countDown();
            while (caller.waitingFor() == wait) {
                Thread.yield();
            }
            var from = System.nanoTime();
            while (System.nanoTime() - from < delayNanos) {
                Thread.onSpinWait();
            }
            return "result";
        };
        return hedge(ZERO, fails, returns);
    }
}
