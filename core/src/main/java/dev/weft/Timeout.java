package dev.weft;

import dev.weft.internal.block.TimeoutBlock;
import java.time.Duration;

/**
 * Lets any thread read or move the deadline of a {@link Weft#timeout(Duration, TimeoutBody) timeout} block.
 *
 * <p>States: <em>active</em> from the beginning of the block; <em>expiring</em> once the deadline has passed and the
 * block has been asked to stop; then, when the block has ended, <em>expired</em> if it was asked to stop, or was ended
 * by an interrupt after its deadline; otherwise <em>finished</em>.
 *
 * <p>A block that ends late is finished, too, if nothing has noticed the deadline before: a body that does not wait
 * holds an event loop's turn, and no timer goes off meanwhile.
 */
public sealed interface Timeout permits TimeoutBlock {

    /**
     * The deadline, as moved last. Readable also after the end.
     *
     * @return {@link Deadline#never()} if there is none
     */
    Deadline when();

    /**
     * Whether the block is expiring or expired. Not whether it was late: see the states.
     *
     * @return true from the request to stop on; it stays true
     */
    boolean expired();

    /**
     * Moves the deadline to {@code duration} from now. One that is not positive has the block expire at once.
     *
     * <p><b>Blocking:</b> never, but for a block that expires at once: then as {@link Task#cancel(Object)}.
     * <b>Cancellation:</b> never a cancellation point.
     *
     * @param duration {@link Weft#FOREVER} for no deadline
     * @throws IllegalStateException if the block is expiring, expired or finished
     */
    void reschedule(Duration duration);

    /**
     * Moves the deadline. One that has passed has the block expire at once.
     *
     * <p><b>Blocking:</b> never, but for a block that expires at once: then as {@link Task#cancel(Object)}.
     * <b>Cancellation:</b> never a cancellation point.
     *
     * @param deadline {@link Deadline#never()} for none
     * @throws IllegalStateException if the block is expiring, expired or finished
     */
    void rescheduleAt(Deadline deadline);

    /** As in {@code <Timeout [active] when=12.500000000>}. */
    @Override
    String toString();
}
