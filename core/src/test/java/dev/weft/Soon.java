package dev.weft;

import static dev.weft.Weft.timeout;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Waits for what must come, but not for ever: so that a test whose code is wrong fails, and does not hang. */
public final class Soon {
    private static final Duration LONG = Duration.ofSeconds(20);

    private Soon() {}

    /** Awaits {@code task}. */
    public static <T extends @Nullable Object> T result(Task<T> task) throws InterruptedException {
        try {
            return timeout(LONG, () -> task.await());
        } catch (TimeoutException e) {
            throw new AssertionError(task + " does not end", e);
        }
    }

    /** Runs {@code body} with a limit. */
    public static <T extends @Nullable Object, X extends Exception> T of(Body<T, X> body)
            throws X, InterruptedException {
        try {
            return timeout(LONG, body);
        } catch (TimeoutException e) {
            throw new AssertionError("no end", e);
        }
    }

    /** Waits until {@code task} waits in Weft, or has ended. */
    public static void waits(Task<?> task) {
        Yielding.until(() -> task.isDone() || task.toString().contains("waiting for="));
    }
}
