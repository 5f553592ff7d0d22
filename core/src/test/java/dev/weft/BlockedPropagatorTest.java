package dev.weft;

import static dev.weft.Weft.*;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
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
        var scope = new CompletableFuture<CancelScope>();
        var called = new CompletableFuture<Optional<Integer>>();
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
                    called.complete(cancellable(handle -> {
                        scope.complete(handle);
                        return gather(() -> 42).getFirst();
                    }));
                } catch (Throwable e) {
                    called.completeExceptionally(e);
                }
            });
            entered.await();
            scope.get().cancel();
            assertThat(dump(30).toString()).contains("hangInPropagator");
            assertThat(reported.get().task()).isNotNull();
            released.countDown();
            assertThat(called.get()).isEmpty();
        } finally {
            released.countDown();
        }
    }
}
