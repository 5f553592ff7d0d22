package dev.weft;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** An event for tests: once open, it stays open. Works on every runtime, and from any thread. */
final class Gate {

    private final CompletableFuture<Void> future = new CompletableFuture<>();

    void open() {
        future.complete(null);
    }

    /** Opens it later, if nobody has by then: so that a test whose code is wrong fails, and does not hang. */
    Gate openInTheEnd() {
        future.completeOnTimeout(null, 20, TimeUnit.SECONDS);
        return this;
    }

    boolean isOpen() {
        return future.isDone();
    }

    /** Waits until the gate is open. A cancelled waiter leaves the gate as it is. */
    void await() throws InterruptedException {
        Weft.await(future.minimalCompletionStage());
    }

    /** Waits until the gate is open, whatever happens to the caller; for bodies that ignore cancellation. */
    void awaitStubbornly() {
        while (true) {
            try {
                await();
                return;
            } catch (InterruptedException ignored) {
                // that is what the caller is for
            }
        }
    }
}
