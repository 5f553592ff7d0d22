package dev.weft.internal.runtime;

import org.jspecify.annotations.Nullable;

/**
 * The threads of an event loop: passes the turn from strand to strand, and has the one that holds it run. Which strand
 * is next, {@link EventLoopScheduler#next} says.
 *
 * <p>Every field that is neither volatile nor concurrent belongs to the holder of the turn.
 */
abstract class Turns {

    final EventLoopScheduler loop;

    /** Whether nobody looks at what comes from outside, so that it takes a {@link #wake}. */
    volatile boolean idle;

    volatile boolean closed;

    /** How often the turn has been passed. */
    long count;

    Turns(EventLoopScheduler loop) {
        this.loop = loop;
    }

    /** Those of {@code loop}. @throws IllegalStateException if this JVM does not have them */
    static Turns of(EventLoopScheduler loop, LoopThreads threads) {
        if (threads != LoopThreads.BATON) {
            CustomScheduling.require();
        }
        return switch (threads) {
            case BATON -> new BatonTurns(loop);
            case CARRIER -> new CarrierTurns(loop);
            case DEEP -> new DeepTurns(loop);
        };
    }

    /** Takes up work. */
    abstract void begin();

    /** The thread that holds the turn; null while every strand waits. */
    abstract @Nullable Thread holder();

    /** Whether the calling thread may touch what belongs to the holder of the turn. */
    abstract boolean isHeldHere();

    /** Something has come from outside while this was {@link #idle}. Any thread. */
    abstract void wake();

    /** A strand is going to be handed over to {@link EventLoopScheduler#next}. Any thread. */
    abstract void prepare(Strand strand);

    /** The first call of a strand's thread; see {@link Scheduler#begun}. */
    abstract boolean begun(Strand self);

    /** Gives the turn to {@code strand}, and waits until {@code self} has it again. */
    abstract void passTo(Strand self, Strand strand);

    /**
     * Gives the turn to whichever strand is next, and waits until {@code self} has it again.
     *
     * @param parks whether an unpark or an interrupt must get {@code self} on meanwhile
     */
    abstract void passAndWait(Strand self, boolean parks);

    /** Gives the turn away for good. */
    abstract void pass();

    /** Gives the turn away; {@code self} goes on outside. */
    abstract void moveOut(Strand self);

    /** Puts {@code entry} into the queue for {@code self}, which comes back from outside, and waits for its turn. */
    abstract void moveIn(Strand self, Object entry);

    /** Ends once nothing is ready. Any thread. */
    final void close() {
        closed = true;
        wake();
    }

    /** Gives the turn to no strand any more, whichever holds it. Any thread. */
    void abandon() {}

    /** For the description of the loop. */
    abstract String describe();
}
