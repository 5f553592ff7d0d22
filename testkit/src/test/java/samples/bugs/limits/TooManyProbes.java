package samples.bugs.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weft.test.junit.SimulationTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import samples.bugs.Bug;

/** When an open circuit breaker lets one call probe, whoever comes in the same moment goes through uncounted. */
@Bug(report = "resilience4j/resilience4j#1432", needs = Bug.Needs.CALLS, finding = "expected: <1> but was: <2>")
class TooManyProbes {

    private static class Breaker {
        final Instant retryAfter = Instant.now().plus(Duration.ofMillis(5));
        final AtomicBoolean open = new AtomicBoolean(true);
        final AtomicInteger probes = new AtomicInteger(1);

        boolean permits() {
            if (!open.get()) {
                return probes.getAndDecrement() > 0;
            }
            if (Instant.now().isBefore(retryAfter)) {
                return false;
            }
            if (open.compareAndSet(true, false)) {
                probes.decrementAndGet();
            }
            return true;
        }
    }

    private static final class Mended extends Breaker {
        @Override
        boolean permits() {
            if (open.get() && Instant.now().isBefore(retryAfter)) {
                return false;
            }
            open.set(false);
            return probes.getAndDecrement() > 0;
        }
    }

    private static void callTwice(Breaker breaker) throws Exception {
        Callable<Boolean> call = breaker::permits;
        Thread.sleep(Duration.ofMillis(6));
        try (var callers = Executors.newFixedThreadPool(2, Thread.ofVirtual().factory())) {
            var permitted = 0;
            for (var result : callers.invokeAll(List.of(call, call))) {
                permitted += result.get() ? 1 : 0;
            }
            assertEquals(1, permitted);
        }
    }

    @SimulationTest(deep = true)
    void broken() throws Exception {
        callTwice(new Breaker());
    }

    @SimulationTest(deep = true)
    void mended() throws Exception {
        callTwice(new Mended());
    }
}
