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
 * A point in time on the clock of the current runtime: monotonic, and virtual in a simulation. Hand it on, so that a
 * limit that is set once holds for all work under it.
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
     * The point in time that is {@code duration} from now. A negative duration leads into the past; one too long for
     * the clock (292 years, as {@link Weft#FOREVER}) leads to {@link #never()}.
     *
     * @param duration of any sign and length
     * @return a point in time on the clock of the caller's runtime
     */
    public static Deadline after(Duration duration) {
        return ofNanos(Durations.deadline(
                StructuredStrand.current().scheduler(), Objects.requireNonNull(duration, "duration")));
    }

    /**
     * Now.
     *
     * @return a point in time on the clock of the caller's runtime
     */
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

    /**
     * No deadline: the point in time that does not come.
     *
     * @return the only deadline for which {@link #isNever} is true
     */
    public static Deadline never() {
        return NEVER;
    }

    /**
     * Whether this is {@link #never()}.
     *
     * @return false for every deadline that has a time
     */
    public boolean isNever() {
        return nanos == Scheduler.NEVER;
    }

    /**
     * The time left; negative if the deadline has passed; {@link Weft#FOREVER} if it does not come.
     *
     * @return the time left on the clock of the caller's runtime
     */
    public Duration remaining() {
        return isNever()
                ? Durations.FOREVER
                : Duration.ofNanos(
                        nanos - StructuredStrand.current().scheduler().nanoTime());
    }

    /**
     * Whether the point in time has come.
     *
     * @return true from the very moment on; false for ever for {@link #never()}
     */
    public boolean hasPassed() {
        return !isNever() && nanos <= StructuredStrand.current().scheduler().nanoTime();
    }

    /**
     * The earlier of the two.
     *
     * @param other a deadline of the same runtime, or {@link #never()}, which is later than all others
     * @return this one or {@code other}
     */
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
