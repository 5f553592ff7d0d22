package dev.weft;

import static dev.weft.Weft.*;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** V1: a propagator of the process that blocks. */
@Timeout(60)
class BlockedPropagatorTest {

    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    private void hangInPropagator() {
        entered.countDown();
        var isReleased = false;
        while (!isReleased) {
            try {
                released.await();
                isReleased = true;
            } catch (InterruptedException e) {
                // a propagator that knows nothing of cancellation
            }
        }
    }

    private static boolean isWhereItHangs(Problem problem) {
        return problem.kind() == Problem.Kind.IGNORES_CANCELLATION
                && problem.exception() != null
                && Arrays.stream(problem.exception().getStackTrace())
                        .anyMatch(frame -> frame.getMethodName().equals("hangInPropagator"));
    }

    @Test
    void v1_propagatorThatBlocks_isInTheDump_andIsReportedWhenItsTaskDoesNotStop() throws Exception {
        var reported = new CompletableFuture<Problem>();
        var called = new CompletableFuture<Integer>();
        try (var _ = Weft.install(Defaults.builder()
                .propagate(() -> () -> {
                    hangInPropagator();
                    return () -> {};
                })
                .cancellationGrace(ofMillis(50))
                .problemListener(problem -> {
                    if (isWhereItHangs(problem)) {
                        reported.complete(problem);
                    }
                })
                .build())) {
            Thread.ofVirtual().start(() -> {
                try {
                    called.complete(timeout(ofMillis(10), () -> gather(() -> 42).getFirst()));
                } catch (Throwable e) {
                    called.completeExceptionally(e);
                }
            });
            entered.await();
            assertThat(dump(30).toString()).contains("hangInPropagator");
            assertThat(reported.get().task()).isNotNull();
            released.countDown();
            assertThatThrownBy(called::get).hasCauseInstanceOf(TimeoutException.class);
        } finally {
            released.countDown();
        }
    }
}
