package dev.weft.cluster.internal.engine;

import dev.weft.cluster.RoundTrip;
import java.time.Duration;

/** Counts durations in buckets, eight for each power of two, so that it stays small however many there are. Guarded. */
final class RoundTrips {

    private static final int BITS = 3;
    private static final int PARTS = 1 << BITS;

    private final long[] buckets = new long[(Long.SIZE - BITS) * PARTS];
    private long count;
    private long max;

    void add(long nanos) {
        var value = Math.max(0, nanos);
        buckets[bucket(value)]++;
        count++;
        max = Math.max(max, value);
    }

    private static int bucket(long value) {
        if (value < PARTS) {
            return (int) value;
        }
        var shift = Long.SIZE - 1 - BITS - Long.numberOfLeadingZeros(value);
        return (shift + 1) * PARTS + (int) (value >>> shift) - PARTS;
    }

    /** The greatest value of a bucket. */
    private static long greatest(int bucket) {
        if (bucket < PARTS) {
            return bucket;
        }
        var shift = bucket / PARTS - 1;
        return ((long) (bucket % PARTS + PARTS + 1) << shift) - 1;
    }

    RoundTrip read() {
        return new RoundTrip(count, Duration.ofNanos(part(0.5)), Duration.ofNanos(part(0.99)), Duration.ofNanos(max));
    }

    private long part(double part) {
        var left = (long) Math.ceil(count * part);
        for (var i = 0; i < buckets.length && left > 0; i++) {
            left -= buckets[i];
            if (left <= 0) {
                return Math.min(max, greatest(i));
            }
        }
        return 0;
    }
}
