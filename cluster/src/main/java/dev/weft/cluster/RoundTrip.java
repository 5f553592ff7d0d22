package dev.weft.cluster;

import java.time.Duration;

/**
 * The times of attempts of calls, from sending to the news of their end, the handler's time included.
 *
 * @param count how many attempts
 * @param p50 half of them took no longer; at most an eighth too large
 * @param p99 99 of 100 took no longer; at most an eighth too large
 * @param max the longest
 * @since 0.1.0
 */
public record RoundTrip(long count, Duration p50, Duration p99, Duration max) {}
