package dev.weft;

import dev.weft.runtime.Scheduler;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Awaiting a {@link CompletionStage}. */
final class StageWait<T extends @Nullable Object> implements Waitable {

    private final Activity self;

    private volatile boolean done;

    private @Nullable T value;
    private @Nullable Throwable failure;

    private StageWait(Activity self) {
        this.self = self;
    }

    static <T extends @Nullable Object> T await(CompletionStage<T> stage) throws InterruptedException {
        Objects.requireNonNull(stage, "stage");
        var wait = new StageWait<T>(Activity.current());
        stage.whenComplete(wait::completed);
        try {
            wait.self.waitFor(wait, Scheduler.NEVER);
        } catch (InterruptedException e) {
            cancel(stage);
            throw e;
        }
        return wait.result();
    }

    private static void cancel(CompletionStage<?> stage) {
        try {
            stage.toCompletableFuture().cancel(true);
        } catch (UnsupportedOperationException e) {
            // such a stage cannot be cancelled, and says so
        }
    }

    private void completed(@Nullable T result, @Nullable Throwable exception) {
        value = result;
        failure = exception;
        done = true;
        self.scheduler().unpark(self);
    }

    @SuppressWarnings("NullAway") // null is a value if the stage's type says so
    private T result() {
        var exception = failure instanceof CompletionException wrapper && wrapper.getCause() != null
                ? wrapper.getCause()
                : failure;
        if (exception instanceof CancellationException cancelled) {
            throw new AwaitedCancelledException(cancelled);
        }
        if (exception != null) {
            throw Sneaky.rethrow(exception);
        }
        return value;
    }

    @Override
    public boolean isReady() {
        return done;
    }

    @Override
    public String toString() {
        return "a completion stage";
    }
}
