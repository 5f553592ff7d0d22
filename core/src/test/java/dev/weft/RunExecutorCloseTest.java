package dev.weft;

import static dev.weft.Weft.*;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** J5: {@code close} of a run's executor throws no InterruptedException, and so keeps all that has stopped it. */
class RunExecutorCloseTest {

    @OnEveryRuntime
    void j5_closeThatIsRefused_keepsAnInterrupt(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var executor = currentRun().asExecutorService();
            var isInterrupted = new CompletableFuture<Boolean>();
            executor.submit(() -> {
                Thread.currentThread().interrupt();
                assertThatThrownBy(() -> executor.close()).isInstanceOf(IllegalStateException.class);
                isInterrupted.complete(Thread.interrupted());
            });
            assertThat(await(isInterrupted)).isTrue();
        });
    }

    @OnEveryRuntime
    void j5_closeThatIsCancelledAndThenInterrupted_keepsBoth(TestRuntime runtime) throws Exception {
        closeThatIsStoppedTwice(runtime, true);
    }

    @OnEveryRuntime
    void j5_closeThatIsInterruptedAndThenCancelled_keepsBoth(TestRuntime runtime) throws Exception {
        closeThatIsStoppedTwice(runtime, false);
    }

    private static void closeThatIsStoppedTwice(TestRuntime runtime, boolean isCancelledFirst) throws Exception {
        runtime.run(() -> {
            var executor = currentRun().asExecutorService();
            var begun = new CompletableFuture<Void>();
            var closer = new CompletableFuture<Task<?>>();
            var thread = new CompletableFuture<Thread>();
            var told = new ArrayList<Class<?>>();
            executor.submit(() -> {
                begun.complete(null);
                try {
                    sleep(FOREVER);
                } finally { // close has been stopped once
                    stop(closer.join(), thread.join(), !isCancelledFirst);
                    uninterrupted(() -> sleep(ofMillis(1))); // close waits again
                }
                return null;
            });
            await(begun);
            var closing = createTask(() -> {
                closer.complete(currentTask().orElseThrow());
                thread.complete(Thread.currentThread());
                executor.close();
                for (var i = 0; i < 2; i++) {
                    try {
                        sleep(ZERO);
                    } catch (InterruptedException e) {
                        told.add(e.getClass());
                    }
                }
            });
            stop(closing, await(thread), isCancelledFirst);
            waitUntil(ReturnWhen.ALL_COMPLETED, List.of(closing));
            assertThat(told).containsExactlyInAnyOrder(CancelledException.class, InterruptedException.class);
        });
    }

    private static void stop(Task<?> task, Thread thread, boolean byCancel) {
        if (byCancel) {
            task.cancel("enough");
        } else {
            thread.interrupt();
        }
    }
}
