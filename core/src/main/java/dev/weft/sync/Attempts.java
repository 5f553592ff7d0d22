package dev.weft.sync;

import dev.weft.Body;
import dev.weft.VoidBody;
import dev.weft.Weft;
import dev.weft.internal.task.WaitingStrand;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Calls that try more than once; made for {@code import static}. Time is that of the caller's runtime. */
@SuppressWarnings("overloads") // with and without a result: a block lambda tells them apart
public final class Attempts {

    private static final int MAX_SUPPRESSED = 10;

    private Attempts() {}

    /**
     * Runs {@code body} on the caller's own thread, and again as {@code policy} says, until it returns. To limit each
     * try in time, put a {@link Weft#timeout(Duration, Body) timeout} into the body; to limit all, put one around this.
     *
     * <p><b>Blocking:</b> as the body does, and for the pauses. <b>Cancellation:</b> always a cancellation point. A
     * caller that is cancelled does not try again, whatever exception the body makes of it, nor does one that is
     * interrupted and gets an {@link InterruptedException}; the failures so far are suppressed into what it gets.
     *
     * @param <T> the type of the result
     * @param <X> the checked exception that the body throws; {@link RuntimeException} for none
     * @param policy how often, when and after which failures to try again
     * @param body called anew for each try, on the caller's thread
     * @return what the body returns
     * @throws X the failure of the last try, with those of the others suppressed into it, the latest ten at most; if
     *     suppression is disabled in it, they are reported to the run's problem handler instead. An {@link Error} of a
     *     try, and what the policy's own functions throw, ends this in the same way
     * @throws InterruptedException if the caller was interrupted or cancelled
     */
    public static <T extends @Nullable Object, X extends Exception> T retry(RetryPolicy policy, Body<T, X> body)
            throws X, InterruptedException {
        Objects.requireNonNull(policy, "policy");
        Objects.requireNonNull(body, "body");
        Guarded.checkpoint();
        var self = WaitingStrand.ofCallingThread();
        var requests = self.cancelling();
        var earlier = new ArrayDeque<Exception>();
        try {
            for (var attempt = 1; ; attempt++) {
                try {
                    return body.run();
                } catch (InterruptedException e) {
                    throw e;
                } catch (Exception e) {
                    // a request that the body has noticed, and made this exception of, shows nowhere else
                    if (self.cancelling() > requests || !triesAgain(policy, attempt, e, earlier)) {
                        throw e;
                    }
                    remember(earlier, e);
                }
                Weft.sleep(policy.delayAfter(attempt));
            }
        } catch (Throwable e) {
            self.suppress(e, earlier);
            throw e;
        }
    }

    /** Asks the policy. If that throws, {@code failure} has gone before what it throws. */
    private static boolean triesAgain(
            RetryPolicy policy, int attempt, Exception failure, ArrayDeque<Exception> earlier) {
        try {
            return policy.triesAgain(attempt, failure);
        } catch (Throwable e) {
            remember(earlier, failure);
            throw e;
        }
    }

    /**
     * {@link #retry(RetryPolicy, Body)} for a body without a result.
     *
     * @param <X> the checked exception that the body throws; {@link RuntimeException} for none
     * @param policy how often, when and after which failures to try again
     * @param body called anew for each try, on the caller's thread
     * @throws X the failure of the last try
     * @throws InterruptedException if the caller was interrupted or cancelled
     */
    public static <X extends Exception> void retry(RetryPolicy policy, VoidBody<X> body)
            throws X, InterruptedException {
        Objects.requireNonNull(body, "body");
        Attempts.<@Nullable Void, X>retry(policy, () -> {
            body.execute();
            return null;
        });
    }

    /**
     * {@link #retry(RetryPolicy, Body)} for a {@link Callable}.
     *
     * @param <T> the type of the result
     * @param policy how often, when and after which failures to try again
     * @param body called anew for each try, on the caller's thread
     * @return the value of the first call that returns
     * @throws Exception the failure of the last try, or an {@link InterruptedException} if the caller was interrupted
     *     or cancelled
     * @since 0.1.0
     */
    public static <T extends @Nullable Object> T retry(RetryPolicy policy, Callable<T> body) throws Exception {
        return retry(policy, Body.of(body));
    }

    private static void remember(ArrayDeque<Exception> earlier, Exception failure) {
        if (earlier.size() == MAX_SUPPRESSED) {
            earlier.remove();
        }
        earlier.add(failure);
    }

    /**
     * Runs the first body and, if it has not ended after {@code delay}, or as soon as it fails, the second beside it,
     * and so on. The first result is returned; the others are cancelled, and have ended before this returns. A second
     * try for a call that is slow now and then: {@code hedge(ofMillis(50), () -> ask(replica1), () -> ask(replica2))}.
     *
     * <p><b>Blocking:</b> until a body has returned or all have failed, and all have ended. <b>Cancellation:</b> always
     * a cancellation point; the bodies are cancelled and joined first.
     *
     * @param <T> the type of the result
     * @param <X> the common type of the checked exceptions that the bodies throw; {@link RuntimeException} for none
     * @param delay the wait before each further body is started; zero starts all at once
     * @param bodies in the order of their starts; each runs once at most
     * @return what the first body to return returned
     * @throws X if all fail: the first failure, with the others suppressed into it
     * @throws IllegalArgumentException if no body is given, or {@code delay} is negative
     * @throws InterruptedException if the caller was interrupted or cancelled
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public static <T extends @Nullable Object, X extends Exception> T hedge(
            Duration delay, Body<? extends T, ? extends X>... bodies) throws X, InterruptedException {
        return hedge(delay, bodies, body -> body);
    }

    /**
     * {@link #hedge(Duration, Body[])} for bodies without a result.
     *
     * @param <X> the common type of the checked exceptions that the bodies throw; {@link RuntimeException} for none
     * @param delay the wait before each further body is started; zero starts all at once
     * @param bodies in the order of their starts; each runs once at most
     * @throws X if all fail: the first failure, with the others suppressed into it
     * @throws IllegalArgumentException if no body is given, or {@code delay} is negative
     * @throws InterruptedException if the caller was interrupted or cancelled
     * @since 0.1.0
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public static <X extends Exception> void hedge(Duration delay, VoidBody<? extends X>... bodies)
            throws X, InterruptedException {
        Attempts.<VoidBody<? extends X>, @Nullable Void, X>hedge(delay, bodies, body -> () -> {
            body.execute();
            return null;
        });
    }

    /**
     * {@link #hedge(Duration, Body[])} for {@link Callable}s.
     *
     * @param <T> the type of the result
     * @param delay the wait before each further body is started; zero starts all at once
     * @param bodies in the order of their starts; each runs once at most
     * @return the value of the first body to return
     * @throws Exception if all fail: the first failure, with the others suppressed into it; an
     *     {@link InterruptedException} if the caller was interrupted or cancelled
     * @throws IllegalArgumentException if no body is given, or {@code delay} is negative
     * @since 0.1.0
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public static <T extends @Nullable Object> T hedge(Duration delay, Callable<? extends T>... bodies)
            throws Exception {
        return Attempts.<Callable<? extends T>, T, Exception>hedge(delay, bodies, Body::of);
    }

    private static <B, T extends @Nullable Object, X extends Exception> T hedge(
            Duration delay, B[] bodies, Function<? super B, ? extends Body<? extends T, ? extends X>> asBody)
            throws X, InterruptedException {
        if (Objects.requireNonNull(delay, "delay").isNegative()) {
            throw new IllegalArgumentException("delay must not be negative: " + delay);
        }
        Objects.requireNonNull(bodies, "bodies");
        if (bodies.length == 0) {
            throw new IllegalArgumentException("a hedge needs at least one body");
        }
        var tries = new ArrayList<Body<? extends T, ? extends X>>(bodies.length);
        for (var i = 0; i < bodies.length; i++) {
            tries.add(asBody.apply(Objects.requireNonNull(bodies[i], "bodies[" + i + "]")));
        }
        return new Hedge<T, X>(delay, tries).run();
    }
}
