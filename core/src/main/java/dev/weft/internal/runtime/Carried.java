package dev.weft.internal.runtime;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The thread of a strand that {@link CarrierTurns} runs. It is the thread's scheduler: the JDK says here that the
 * thread has something to do, which does not run it yet.
 */
final class Carried implements Executor {

    final CarrierTurns turns;
    final Strand strand;

    /** Runs the thread until it unmounts; null before it is started. */
    @Nullable
    Runnable step;

    /** The thread runs on the JDK's own scheduler, as it has given its turn away. Written by the thread itself. */
    volatile boolean outside;

    private static final VarHandle STATE = Fields.handle(MethodHandles.lookup(), "state", int.class);
    private static final int NONE = 0;

    /** The thread has something to do again. */
    private static final int RUNNABLE = 1;

    /** In a deep simulation: the thread waits in the JDK, and its turn has passed on. */
    private static final int HALTED = 2;

    private volatile int state;

    /** In a deep simulation: the thread is pinned, and waits so for its turn. */
    volatile @Nullable PinnedWait pinned;

    /**
     * Whether this waits for its turn parked, so that an unpark or an interrupt is noticed; otherwise it has yielded.
     */
    boolean waitsParked;

    Carried(CarrierTurns turns, Strand strand) {
        this.turns = turns;
        this.strand = strand;
    }

    /** The thread has something to do. Any thread. @return whether it was halted */
    boolean setRunnable() {
        return (int) STATE.getAndSet(this, RUNNABLE) == HALTED;
    }

    /** Takes back what {@link #setRunnable} said. On the carrier. @return whether it had said so */
    boolean takeRunnable() {
        if (state != RUNNABLE) {
            return false;
        }
        state = NONE;
        return true;
    }

    /** On the carrier. @return false if the thread has something to do already */
    boolean halt() {
        return STATE.compareAndSet(this, NONE, HALTED) || !takeRunnable();
    }

    @Override
    public void execute(Runnable submitted) {
        if (step == null) {
            step = submitted;
        } else if (step == submitted) {
            turns.submitted(this);
        } else {
            turns.loop.submittedOther(strand, submitted);
        }
    }
}
