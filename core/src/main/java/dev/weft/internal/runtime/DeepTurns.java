package dev.weft.internal.runtime;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Turns of a deep simulation: a strand that waits in the JDK gives its turn away, and is ready again when the JDK says
 * so. The carrier alone chooses.
 */
final class DeepTurns extends CarrierTurns {

    /** A wait ends early if the thread was unparked before. One that is pinned never leaves. */
    private static final int MOST_WAITS = 1_000;

    private static final Map<Thread, EventLoopScheduler> CARRYING = new ConcurrentHashMap<>();

    final AdriftThreads adrift = new AdriftThreads(loop, work);

    private final Set<PinnedWait> waits = ConcurrentHashMap.newKeySet();

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
        loop.begunToCarry();
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
        if (!abandoned && !carried.outside && carried.setRunnable()) {
            carried.takeRunnable();
            if (isOnCarrier()) {
                loop.readyAgain(carried.strand);
            } else {
                loop.wokenFromOutside(carried.strand);
            }
        } else {
            super.submitted(carried);
        }
        adrift.hasComeBack(carried);
    }

    @Override
    boolean takesBackFrom(Strand strand) {
        return current == strand;
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

    /**
     * A strand that is back from outside first leaves the JDK's scheduler, by the shortest of waits: the carrier can
     * run it only then, and hears of it when the wait is over. A yield would not do, as the JDK keeps its own.
     */
    @Override
    void moveIn(Strand self, Object entry) {
        var carried = carried(self);
        var interrupted = false;
        carried.waitsParked = false;
        while (!carried.halt()) {} // until nothing is noted from before
        carried.outside = false;
        for (var times = 0; !isHeldHere() && times < MOST_WAITS; times++) {
            LockSupport.parkNanos(1);
            interrupted |= Thread.interrupted();
        }
        if (!isHeldHere()) { // pinned, or abandoned
            carried.waitsParked = true;
            loop.send(entry);
            awaitTurn(self);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    // ---- pinned threads

    /**
     * Has the carrier choose who goes on. On the thread of the strand in turn.
     *
     * @return whether the thread is pinned, so that another one carried meanwhile
     */
    boolean yieldTurn() {
        var before = passes;
        Thread.yield();
        var isPinned = passes == before;
        if (isPinned) {
            loop.readyAgain(Objects.requireNonNull(current));
            waitPinned(true);
        }
        return isPinned;
    }

    /** The strand in turn, which is pinned, waits until it is {@linkplain EventLoopScheduler#readyAgain ready}. */
    void waitPinned() {
        waitPinned(false);
    }

    private void waitPinned(boolean isReady) {
        var self = Objects.requireNonNull(current);
        loop.halted(self, isReady);
        var wait = begin(carried(self));
        count++;
        passes++;
        current = null;
        work.replace();
        end(wait);
    }

    private PinnedWait begin(Carried carried) {
        var wait = new PinnedWait(CustomScheduling.currentCarrier());
        waits.add(wait);
        carried.pinned = wait;
        return wait;
    }

    private void end(PinnedWait wait) {
        if (!abandoned) {
            wait.await();
        }
        waits.remove(wait);
    }

    @Override
    boolean handsBack(Carried carried) {
        var wait = carried.pinned;
        if (wait == null) {
            return false;
        }
        carried.pinned = null;
        carrier = wait.carrier;
        wait.end();
        return true;
    }

    /** The JDK wakes it up without telling: it goes on without a turn, as far as {@link #comeBack}. */
    @Override
    void keepsCarrier(Carried carried, Thread carrying) {
        adrift.add(carried, carrying);
    }

    /** The calling thread waits for its turn again, if it has gone on without one. */
    void comeBack() {
        var back = abandoned ? null : adrift.comesBack();
        if (back == null) {
            return;
        }
        var carried = back.carried;
        Thread.yield();
        if (!isHeldHere() && !abandoned) { // still pinned
            var wait = begin(carried);
            carried.setRunnable();
            carried.takeRunnable();
            loop.wokenFromOutside(carried.strand);
            adrift.hasComeBack(carried);
            end(wait);
        }
        adrift.hasComeBack(carried);
    }

    @Override
    void leftBehind(Carried carried) {
        var thread = carried.strand.thread();
        if (thread != null && adrift.remove(thread) && thread.getState() == Thread.State.TERMINATED) {
            submitted(carried);
        }
    }

    @Override
    boolean mayBeParkedBy(Thread carrying, boolean dispatched) {
        return holder != carrying
                && waits.stream().noneMatch(wait -> wait.carrier == carrying) // it may be slow to wake up
                && switch (carrying.getState()) {
                    case WAITING, BLOCKED -> true;
                    case RUNNABLE -> loop.isBlockedInJvm(carrying);
                    case TIMED_WAITING -> isEndless(holder);
                    case NEW, TERMINATED -> false;
                };
    }

    private boolean isEndless(@Nullable Thread waiting) {
        return waiting != null && loop.waitsWithoutEnd(waiting);
    }

    @Override
    boolean isParkedBy(Thread carrying) {
        var strand = current;
        var thread = strand == null ? null : strand.thread();
        return thread != null
                && holder == thread
                && switch (carrying.getState()) {
                    case WAITING, TIMED_WAITING -> adrift.isParked(thread);
                    case NEW, RUNNABLE, BLOCKED, TERMINATED -> false;
                };
    }

    @Override
    void abandon() {
        super.abandon();
        waits.forEach(PinnedWait::end);
    }

    @Override
    String describe() {
        return "an event loop of a deep simulation";
    }
}
