package dev.weft;

import dev.weft.internal.api.Api;
import dev.weft.internal.block.EffectiveDeadline;
import dev.weft.internal.runtime.Durations;
import dev.weft.internal.runtime.Scheduler;
import dev.weft.internal.task.StructuredStrand;
import java.io.Serializable;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A point in time on the clock of the current runtime: monotonic, and virtual in a simulation. To be handed on, so that
 * a limit set once holds for all that is done under it.
 *
 * <p>Immutable. Deadlines of different runtimes are not comparable with each other.
 */
public final class Deadline implements Comparable<Deadline>, Serializable {

    private static final long serialVersionUID = 1L;

    private static final Deadline NEVER = new Deadline(Scheduler.NEVER);

    static {
        Api.install(new ApiDoor());
    }

    private final long nanos;

    private Deadline(long nanos) {
        this.nanos = nanos;
    }

    static Deadline ofNanos(long nanos) {
        return nanos == Scheduler.NEVER ? NEVER : new Deadline(nanos);
    }

    /**
     * The point in time that is {@code duration} from now. A negative one lies in the past; one too long for the clock
     * (292 years, as {@link Weft#FOREVER}) is {@link #never()}.
     */
    public static Deadline after(Duration duration) {
        return ofNanos(Durations.deadline(
                StructuredStrand.current().scheduler(), Objects.requireNonNull(duration, "duration")));
    }

    /** Now. */
    public static Deadline now() {
        return ofNanos(StructuredStrand.current().scheduler().nanoTime());
    }

    /**
     * The deadline that the caller is under, to hand on to a database, an HTTP client or a remote call: the earliest of
     * the {@link Weft#timeout timeout} blocks that the caller is in, and of those around the calls that have started
     * its task, up to the caller of {@code run}. Also one that has passed, while the caller cleans up.
     *
     * <p>Within {@link Weft#uninterrupted uninterrupted} only the blocks inside of it count. In a simulation the limits
     * around it, on another clock, do not.
     *
     * <p><b>Blocking:</b> never. <b>Cancellation:</b> never a cancellation point.
     *
     * @return empty if no deadline bounds the caller
     * @since 0.1.0
     */
    public static Optional<Deadline> current() {
        var self = StructuredStrand.currentOrNull();
        var nanos = self == null ? Scheduler.NEVER : EffectiveDeadline.of(self);
        return nanos == Scheduler.NEVER ? Optional.empty() : Optional.of(ofNanos(nanos));
    }

    /** No deadline: the point in time that does not come. */
    public static Deadline never() {
        return NEVER;
    }

    /** Whether this is {@link #never()}. */
    public boolean isNever() {
        return nanos == Scheduler.NEVER;
    }

    /** How long it still is; negative if it has passed; {@link Weft#FOREVER} if it does not come. */
    public Duration remaining() {
        return isNever()
                ? Durations.FOREVER
                : Duration.ofNanos(
                        nanos - StructuredStrand.current().scheduler().nanoTime());
    }

    /** Whether it has come. */
    public boolean hasPassed() {
        return !isNever() && nanos <= StructuredStrand.current().scheduler().nanoTime();
    }

    /** The earlier of the two. */
    public Deadline min(Deadline other) {
        return nanos <= other.nanos ? this : other;
    }

    long nanos() {
        return nanos;
    }

    @Override
    public int compareTo(Deadline other) {
        return Long.compare(nanos, other.nanos);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Deadline deadline && nanos == deadline.nanos;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(nanos);
    }

    /** The runtime's time in seconds, or {@code never}. */
    @Override
    public String toString() {
        return isNever()
                ? "never"
                : String.format(
                        Locale.ROOT,
                        "%d.%09d",
                        Math.floorDiv(nanos, 1_000_000_000L),
                        Math.floorMod(nanos, 1_000_000_000L));
    }
}
