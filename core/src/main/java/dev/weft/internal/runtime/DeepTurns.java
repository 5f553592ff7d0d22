package dev.weft.internal.runtime;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Turns of a deep simulation: a strand that waits in the JDK gives its turn away, and is ready again when the JDK says
 * so. The carrier alone chooses.
 */
final class DeepTurns extends CarrierTurns {

    private static final Map<Thread, EventLoopScheduler> CARRYING = new ConcurrentHashMap<>();

    DeepTurns(EventLoopScheduler loop) {
        super(loop);
    }

    /** The loop whose carrier the calling thread runs on; null if it runs on none. */
    static @Nullable EventLoopScheduler here() {
        return CARRYING.isEmpty() ? null : CARRYING.get(CustomScheduling.currentCarrier());
    }

    @Override
    void hasTaken(Thread me) {
        CARRYING.put(me, loop);
    }

    @Override
    void hasLeft(Thread me) {
        CARRYING.remove(me);
    }

    @Override
    void prepare(Strand strand) {
        newThread(strand);
    }

    @Override
    @Nullable
    Strand pick() {
        return null;
    }

    /** A thread that a strand has started is to be {@code strand}. */
    void adopt(Strand strand, Runnable step) {
        var carried = new Carried(this, strand);
        carried.step = step;
        strand.attachment = carried;
    }

    /** The thread of {@code strand} has something to do, says the JDK. */
    void submitted(Strand strand) {
        submitted(carried(strand));
    }

    @Override
    void submitted(Carried carried) {
        if (!abandoned && carried.setRunnable()) {
            carried.takeRunnable();
            if (isOnCarrier()) {
                loop.readyAgain(carried.strand);
            } else {
                loop.wokenFromOutside(carried.strand);
            }
        } else {
            super.submitted(carried);
        }
    }

    @Override
    boolean halts(Carried carried) {
        return true;
    }

    @Override
    void halted(Carried carried) {
        carried.waitsParked = false;
        var halted = carried.halt();
        if (!halted) {
            loop.readyAgain(carried.strand);
        }
        loop.halted(carried.strand, !halted);
    }

    @Override
    String describe() {
        return "an event loop of a deep simulation";
    }
}
