package dev.weft.sync;

import dev.weft.Weft;
import dev.weft.internal.task.WaitingStrand;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Lets a number of calls pass in a time: a burst at once, and then at a steady rate. Time is that of the caller's
 * runtime; use one limiter on one clock.
 *
 * <pre>{@code
 * var limiter = new RateLimiter(100, ofSeconds(1), 10);          // 100 a second, at most 10 at once
 * limiter.acquire();
 * call();
 * }</pre>
 *
 * <p>This is the usual token bucket: {@code burst} tokens at first, a new one each {@code per / permits}, never more
 * than {@code burst}. In any time {@code t} at most {@code burst + t × permits / per} calls pass.
 *
 * <p><b>Fairness:</b> strict: callers pass in the order of their coming. A cancelled one uses no token and delays
 * nobody.
 *
 * <p>Thread-safe; works on any thread and every runtime.
 */
public final class RateLimiter {

    private static final Duration MAX_REFILL = Duration.ofDays(36_500);

    private final int permits;
    private final Duration per;
    private final int burst;
    private final long intervalNanos;

    /** Held by the caller that is next to pass while it waits for its token. While nobody holds this, nobody waits. */
    private final Lock turn = new Lock();

    /** The time when the bucket will be, or was, full. Only ever increases. */
    private final AtomicLong fullNanos = new AtomicLong();

    /**
     * A limiter with a full bucket.
     *
     * @param permits how many calls pass in each {@code per}
     * @param per at least a nanosecond for each permit
     * @param burst how many may pass at once
     * @throws IllegalArgumentException if {@code permits} or {@code burst} is less than 1, {@code per} is not positive
     *     or less than {@code permits} nanoseconds, or a full burst would take more than 100 years to gather
     */
    public RateLimiter(int permits, Duration per, int burst) {
        Objects.requireNonNull(per, "per");
        if (permits < 1 || burst < 1) {
            throw new IllegalArgumentException(
                    "permits and burst must be at least 1, not " + permits + " and " + burst);
        }
        if (per.compareTo(Duration.ofNanos(permits)) < 0) {
            throw new IllegalArgumentException("per must be at least a nanosecond for each permit, not " + per);
        }
        // rounded up, so that never more than promised pass
        var interval = per.minusNanos(1).dividedBy(permits).plusNanos(1);
        if (interval.compareTo(MAX_REFILL.dividedBy(burst)) > 0) {
            throw new IllegalArgumentException(
                    burst + " permits, one each " + interval + ", would take longer than " + MAX_REFILL);
        }
        this.permits = permits;
        this.per = per;
        this.burst = burst;
        this.intervalNanos = interval.toNanos();
    }

    /**
     * Waits for a token.
     *
     * <p><b>Blocking:</b> until there is one and all earlier callers have had theirs. <b>Cancellation:</b> always a
     * cancellation point; when it throws, no token is used.
     *
     * @throws InterruptedException if the caller was interrupted or cancelled
     */
    public void acquire() throws InterruptedException {
        Guarded.checkpoint();
        if (tryAcquire()) {
            return;
        }
        turn.with(() -> {
            for (var wait = takeOrWait(); wait > 0; wait = takeOrWait()) {
                Weft.sleep(Duration.ofNanos(wait));
            }
        });
    }

    /**
     * Takes a token if there is one and nobody waits. Never blocks.
     *
     * @return whether a token was taken
     */
    public boolean tryAcquire() {
        for (; ; ) {
            // in this order: as long as the bucket is the one that was read, a caller that begins to wait after the
            // look at the turn finds the token that is taken here
            var before = fullNanos.get();
            var now = nanoTime();
            if (nanosUntilToken(before, now) > 0 || turn.isLocked()) {
                return false;
            }
            if (take(before, now)) {
                return true;
            }
        }
    }

    /** Takes a token, or returns the time until there is one. For the holder of the turn. */
    private long takeOrWait() {
        for (; ; ) {
            var before = fullNanos.get();
            var now = nanoTime();
            var wait = nanosUntilToken(before, now);
            if (wait > 0) {
                return wait;
            }
            if (take(before, now)) {
                return 0;
            }
        }
    }

    /** Not positive if there is a token. */
    private long nanosUntilToken(long full, long now) {
        return Math.max(full, now) - now - (burst - 1) * intervalNanos;
    }

    private boolean take(long full, long now) {
        return fullNanos.compareAndSet(full, Math.max(full, now) + intervalNanos);
    }

    private static long nanoTime() {
        return WaitingStrand.ofCallingThread().scheduler().nanoTime();
    }

    /**
     * Returns a snapshot of the limiter.
     *
     * @return the state at one moment; later changes do not show in it
     */
    public Snapshot snapshot() {
        var waiters = turn.snapshot();
        return new Snapshot(permits, per, burst, waiters.holder(), waiters.waiting(), waiters.waiters());
    }

    /** Rate, burst, and how many wait. */
    @Override
    public String toString() {
        return "RateLimiter[" + permits + " per " + per + ", burst=" + burst + ", waiting="
                + turn.snapshot().waiting() + "]";
    }

    /**
     * A limiter at one moment.
     *
     * @param permits how many calls pass in each {@code per}
     * @param per the time
     * @param burst how many may pass at once
     * @param next the name of the caller that gets the next token; null if nobody waits
     * @param waiting how many wait behind it
     * @param waiters their names, the longest waiting first; at most 100
     */
    public record Snapshot(
            int permits, Duration per, int burst, @Nullable String next, int waiting, List<String> waiters) {}
}
