package dev.weft.sync;

import dev.weft.internal.task.WaitingStrand;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Decides how often, when and after which failures a call is tried again. Immutable; each method gives a changed copy.
 *
 * <pre>{@code
 * RetryPolicy.attempts(5).backoff(ofMillis(100), ofSeconds(5)).jitter(0.2).retryIf(e -> e instanceof IOException)
 * }</pre>
 */
public final class RetryPolicy {

    private final int attempts;
    private final Duration firstDelay;
    private final Duration maxDelay;
    private final double factor;
    private final double jitter;
    private final Predicate<? super Exception> retryIf;
    private final Supplier<? extends RandomGenerator> random;

    private RetryPolicy(
            int attempts,
            Duration firstDelay,
            Duration maxDelay,
            double factor,
            double jitter,
            Predicate<? super Exception> retryIf,
            Supplier<? extends RandomGenerator> random) {
        this.attempts = attempts;
        this.firstDelay = firstDelay;
        this.maxDelay = maxDelay;
        this.factor = factor;
        this.jitter = jitter;
        this.retryIf = retryIf;
        this.random = random;
    }

    /**
     * At most {@code attempts} tries, the first one included, each at once after the one before, after any
     * {@link Exception}.
     *
     * @param attempts the number of tries, from 1, which tries once and never again
     * @return a policy without pauses, to be refined by the other methods
     * @throws IllegalArgumentException if {@code attempts} is less than 1
     */
    public static RetryPolicy attempts(int attempts) {
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts must be at least 1, not " + attempts);
        }
        return new RetryPolicy(
                attempts,
                Duration.ZERO,
                Duration.ZERO,
                1,
                0,
                failure -> true,
                () -> WaitingStrand.ofCallingThread().scheduler().random());
    }

    /**
     * The same pause before each further try.
     *
     * @param delay zero for none
     * @return a copy with these pauses in place of those set before
     * @throws IllegalArgumentException if {@code delay} is negative
     */
    public RetryPolicy delay(Duration delay) {
        return backoff(Objects.requireNonNull(delay, "delay"), delay, 1);
    }

    /**
     * {@link #backoff(Duration, Duration, double)} by a factor of 2.
     *
     * @param first the pause before the second try; zero for no pauses at all
     * @param max no pause is longer, but for {@linkplain #jitter jitter}
     * @return a copy with these pauses in place of those set before
     * @throws IllegalArgumentException if {@code first} is negative or {@code max} is less than {@code first}
     */
    public RetryPolicy backoff(Duration first, Duration max) {
        return backoff(first, max, 2);
    }

    /**
     * A pause of {@code first} before the second try, and of {@code factor} times as much before each further one, but
     * of {@code max} at most.
     *
     * @param first the pause before the second try; zero for no pauses at all
     * @param max no pause is longer, but for {@linkplain #jitter jitter}
     * @param factor from 1, for pauses that are all alike
     * @return a copy with these pauses in place of those set before
     * @throws IllegalArgumentException if {@code first} is negative, {@code max} is less than {@code first}, or
     *     {@code factor} is less than 1 or not finite
     */
    public RetryPolicy backoff(Duration first, Duration max, double factor) {
        if (Objects.requireNonNull(first, "first").isNegative()
                || Objects.requireNonNull(max, "max").compareTo(first) < 0) {
            throw new IllegalArgumentException("the pauses must be 0 <= first <= max, not " + first + " and " + max);
        }
        if (!(factor >= 1 && Double.isFinite(factor))) {
            throw new IllegalArgumentException("factor must be at least 1 and finite, not " + factor);
        }
        return new RetryPolicy(attempts, first, max, factor, jitter, retryIf, random);
    }

    /**
     * Varies each pause at random by up to this part of it, to either side, so that many callers that failed at once do
     * not come again at once.
     *
     * @param part from 0, for none, to 1, which gives pauses of nothing to twice their length
     * @return a copy with this jitter
     * @throws IllegalArgumentException if {@code part} is not from 0 to 1
     */
    public RetryPolicy jitter(double part) {
        if (!(part >= 0 && part <= 1)) {
            throw new IllegalArgumentException("jitter must be from 0 to 1, not " + part);
        }
        return new RetryPolicy(attempts, firstDelay, maxDelay, factor, part, retryIf, random);
    }

    /**
     * Sets the source of {@link #jitter}, for repeatable runs. A simulation is repeatable without it.
     *
     * @param source is called on the thread of each caller that makes a pause, by several at once if they share the
     *     policy
     * @return a copy with this source; it is not used without jitter
     */
    public RetryPolicy random(RandomGenerator source) {
        Objects.requireNonNull(source, "source");
        return new RetryPolicy(attempts, firstDelay, maxDelay, factor, jitter, retryIf, () -> source);
    }

    /**
     * Tries again only after failures that {@code test} accepts. It is called on the caller's thread; never with an
     * {@link InterruptedException}, after which nothing is ever tried again.
     *
     * @param test gets the failure of a try, unless that was the last; its own exception ends the call, with the
     *     failures so far suppressed into it
     * @return a copy with this test in place of the one set before
     */
    public RetryPolicy retryIf(Predicate<? super Exception> test) {
        Objects.requireNonNull(test, "test");
        return new RetryPolicy(attempts, firstDelay, maxDelay, factor, jitter, test, random);
    }

    boolean triesAgain(int attempt, Exception failure) {
        return attempt < attempts && retryIf.test(failure);
    }

    /** The pause after the {@code attempt}th try. */
    Duration delayAfter(int attempt) {
        var max = seconds(maxDelay);
        var delay = Math.min(max, seconds(firstDelay) * Math.pow(factor, attempt - 1.0));
        var varied = jitter == 0 ? delay : delay * (1 + jitter * random.get().nextDouble(-1, 1));
        if (varied >= Long.MAX_VALUE / 1e9) {
            return maxDelay;
        }
        return Duration.ofNanos(Math.round(varied * 1e9));
    }

    private static double seconds(Duration duration) {
        return duration.getSeconds() + duration.getNano() / 1e9;
    }

    /** The settings of this policy. */
    @Override
    public String toString() {
        return "RetryPolicy[attempts=" + attempts + ", delay=" + firstDelay + " to " + maxDelay + ", factor=" + factor
                + ", jitter=" + jitter + "]";
    }
}
