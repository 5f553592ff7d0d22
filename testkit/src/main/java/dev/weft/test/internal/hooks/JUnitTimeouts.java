package dev.weft.test.internal.hooks;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.function.ThrowingSupplier;
import org.opentest4j.AssertionFailedError;

/**
 * JUnit's assertions that run something on another thread, with a limit: the thread is the hooks', as is the clock.
 * Each takes what JUnit's method takes. Loaded only for a class that calls one of JUnit's.
 */
public final class JUnitTimeouts {

    private JUnitTimeouts() {}

    /** In place of JUnit's. */
    @Instead(Assertions.class)
    public static void assertTimeoutPreemptively(Duration limit, Executable body) {
        run(limit, nothing(body), null);
    }

    /** In place of JUnit's. */
    @Instead(Assertions.class)
    public static void assertTimeoutPreemptively(Duration limit, Executable body, @Nullable String message) {
        run(limit, nothing(body), () -> message);
    }

    /** In place of JUnit's. */
    @Instead(Assertions.class)
    public static void assertTimeoutPreemptively(Duration limit, Executable body, Supplier<@Nullable String> message) {
        run(limit, nothing(body), message);
    }

    /** In place of JUnit's. */
    @Instead(Assertions.class)
    public static @Nullable Object assertTimeoutPreemptively(Duration limit, ThrowingSupplier<?> body) {
        return run(limit, body, null);
    }

    /** In place of JUnit's. */
    @Instead(Assertions.class)
    public static @Nullable Object assertTimeoutPreemptively(
            Duration limit, ThrowingSupplier<?> body, @Nullable String message) {
        return run(limit, body, () -> message);
    }

    /** In place of JUnit's. */
    @Instead(Assertions.class)
    public static @Nullable Object assertTimeoutPreemptively(
            Duration limit, ThrowingSupplier<?> body, Supplier<@Nullable String> message) {
        return run(limit, body, message);
    }

    private static ThrowingSupplier<@Nullable Object> nothing(Executable body) {
        return () -> {
            body.execute();
            return null;
        };
    }

    private static @Nullable Object run(
            Duration limit, ThrowingSupplier<?> body, @Nullable Supplier<@Nullable String> message) {
        var task = new FutureTask<@Nullable Object>(() -> {
            try {
                return body.get();
            } catch (Exception | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        });
        var thread = SwitchPoints.hooks().newThread(null, task, "junit-timeout-thread-1");
        if (thread == null) {
            return message == null
                    ? Assertions.assertTimeoutPreemptively(limit, body)
                    : Assertions.assertTimeoutPreemptively(limit, body, message);
        }
        thread.start();
        try {
            return FutureWaits.get(task, Math.max(1, TimeUnit.NANOSECONDS.convert(limit)), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            thread.interrupt();
            var said = message == null ? null : message.get();
            throw new AssertionFailedError(
                    (said == null ? "" : said + " ==> ") + "execution timed out after " + limit.toMillis() + " ms");
        } catch (ExecutionException e) {
            throw SwitchPoints.<RuntimeException>rethrowAny(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            throw SwitchPoints.<RuntimeException>rethrowAny(e);
        }
    }
}
