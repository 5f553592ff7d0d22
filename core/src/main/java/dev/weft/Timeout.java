package dev.weft;

import dev.weft.internal.block.TimeoutBlock;
import java.time.Duration;

/**
 * The deadline of a {@link Weft#timeout(Duration, TimeoutBody) timeout} block, for who wants to see or move it. Any
 * thread may.
 *
 * <p>States: <em>active</em> from the beginning of the block; <em>expiring</em> once the deadline has passed and the
 * block has been asked to stop; then, when the block has ended, <em>expired</em>, or <em>finished</em> if the deadline
 * did not pass before.
 */
public sealed interface Timeout permits TimeoutBlock {

    /** The deadline, as moved last. Readable also after the end. */
    Deadline when();

    /** Whether the deadline has passed within the block. */
    boolean expired();

    /**
     * Moves the deadline to {@code duration} from now. One that is not positive has the block expire at once.
     *
     * <p><b>Blocking:</b> never. <b>Cancellation:</b> never a cancellation point.
     *
     * @param duration {@link Weft#FOREVER} for no deadline
     * @throws IllegalStateException if the block is expiring, expired or finished
     */
    void reschedule(Duration duration);

    /**
     * Moves the deadline. One that has passed has the block expire at once.
     *
     * <p><b>Blocking:</b> never. <b>Cancellation:</b> never a cancellation point.
     *
     * @param deadline {@link Deadline#never()} for none
     * @throws IllegalStateException if the block is expiring, expired or finished
     */
    void rescheduleAt(Deadline deadline);

    /** As in {@code <Timeout [active] when=12.500000000>}. */
    @Override
    String toString();
}
