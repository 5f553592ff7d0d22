package dev.weft.internal.runtime;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Strands on one carrier: a platform thread runs them, one after the other, so that the turn passes without waking
 * another thread up.
 *
 * <p>This is what the strands' threads and others do; {@link Carrier} is what the platform thread does. The turn is
 * where {@link #holder} says; the carrier only sees to it that its holder gets on. The JDK tells ({@link #submitted})
 * when a thread has something to do, and does not decide when it runs: the carrier runs the step of whichever strand
 * has the turn, and a step that finds nothing to do does nothing. If it comes back and the turn has not passed on, its
 * strand waits outside of Weft, or runs on another thread; the carrier then waits for it.
 *
 * <p>A strand that is pinned to the carrier, by a native frame or a class initializer, and waits keeps that thread, and
 * another one carries the loop.
 */
class CarrierTurns extends Turns {

    private static final VarHandle HOLDER = Fields.handle(MethodHandles.lookup(), "holder", Thread.class);

    /** Null while there is nothing to do, and while none carries any more. */
    volatile @Nullable Thread carrier;

    volatile @Nullable Thread holder;

    /** The strand that holds the turn; null if the carrier does. */
    @Nullable
    Strand current;

    /** How often {@link #current} was set. */
    int passes;

    volatile boolean abandoned;

    final Carrier work = new Carrier(this);

    CarrierTurns(EventLoopScheduler loop) {
        super(loop);
    }

    @Override
    void begin() {
        work.begin();
    }

    @Override
    @Nullable
    Thread holder() {
        var thread = holder;
        return thread == carrier ? null : thread;
    }

    @Override
    boolean isHeldHere() {
        return holder == Thread.currentThread();
    }

    /** Whether the calling thread runs on the carrier. */
    final boolean isOnCarrier() {
        return CustomScheduling.currentCarrier() == carrier;
    }

    @Override
    void prepare(Strand strand) {
        if (!isHeldHere()) {
            newThread(strand);
        }
    }

    /** Threads are made by threads of the user's, whose inheritable values and class loader they take over. */
    final Thread newThread(Strand strand) {
        var carried = new Carried(this, strand);
        strand.attachment = carried;
        return strand.newThread(carried);
    }

    // ---- on the strands' threads

    @Override
    boolean begun(Strand self) {
        return self.thread() == Thread.currentThread();
    }

    /** Which strand the one that gives its turn away passes it to; null to have the carrier choose. */
    @Nullable
    Strand pick() {
        return loop.next();
    }

    @Override
    void passTo(Strand self, Strand strand) {
        count++;
        giveAndWait(self, strand, false);
    }

    @Override
    void passAndWait(Strand self, boolean parks) {
        var next = pick();
        count++;
        if (next != self) {
            giveAndWait(self, next, parks);
        }
    }

    @Override
    void pass() {
        count++;
        give(pick());
    }

    /** A strand yields its carrier, and parks only if an unpark or an interrupt must get it on. */
    private void giveAndWait(Strand self, @Nullable Strand next, boolean parks) {
        var carried = carried(self);
        carried.waitsParked = parks || !isOnCarrier();
        give(next);
        if (!carried.waitsParked) {
            Thread.yield();
            if (isHeldHere()) {
                return;
            }
            carried.waitsParked = true;
            work.replace(); // pinned
        }
        awaitTurn(self);
    }

    /** Passes the turn on, or to the carrier. */
    void give(@Nullable Strand chosen) {
        var carrying = carrier;
        Strand next = chosen;
        Thread to = null;
        while (next != null && to == null) {
            to = threadOf(next);
            if (to == null) {
                next = pick();
            }
        }
        passes++;
        current = next;
        if (carrying != null && CustomScheduling.currentCarrier() == carrying) {
            HOLDER.setOpaque(this, next == null ? carrying : to);
        } else {
            holder = next == null ? carrying : to;
            LockSupport.unpark(carrying);
        }
    }

    /** @return null if it cannot have one */
    private @Nullable Thread threadOf(Strand strand) {
        var thread = strand.thread();
        if (thread != null) {
            return thread;
        }
        try {
            return newThread(strand);
        } catch (Throwable e) {
            strand.forgetThread();
            strand.cannotStart(e);
            return null;
        }
    }

    /** An interrupt does not stop a strand from waiting for its turn: it counts as an unpark, and is kept. */
    final void awaitTurn(Strand self) {
        var me = Thread.currentThread();
        var interrupted = false;
        for (; ; ) {
            try {
                LockSupport.park();
            } catch (StackOverflowError e) {
                if (isOnCarrier()) {
                    work.replace(); // no stack is left to leave it
                }
            }
            if (holder == me) {
                break;
            }
            if (Thread.interrupted()) {
                interrupted = true;
                loop.send(self);
            }
        }
        if (interrupted) {
            me.interrupt();
        }
    }

    @Override
    void moveOut(Strand self) {
        count++;
        var moves = isOnCarrier();
        carried(self).outside = true;
        give(pick());
        if (moves) {
            Thread.yield();
            if (isOnCarrier()) {
                work.replace(); // pinned
            }
        }
    }

    @Override
    void moveIn(Strand self, Object entry) {
        var carried = carried(self);
        carried.waitsParked = true;
        carried.outside = false;
        loop.send(entry);
        awaitTurn(self);
    }

    // ---- on any thread

    /** The thread of {@code carried} has something to do, says the JDK: it was unparked, or has yielded. */
    void submitted(Carried carried) {
        var carrying = carrier;
        if (carried.outside || abandoned) {
            CustomScheduling.executeByDefault(Objects.requireNonNull(carried.step));
        } else if (holder == carried.strand.thread()) {
            carried.setRunnable();
            if (Thread.currentThread() != carrying) {
                LockSupport.unpark(carrying);
            }
        } else if (carried.waitsParked) {
            loop.send(carried.strand); // an interrupt, or an unpark of the user's
        }
    }

    @Override
    void wake() {
        var carrying = carrier;
        if (carrying != null) {
            LockSupport.unpark(carrying);
        } else if (!closed || !loop.isInboxEmpty()) {
            work.start();
        }
    }

    @Override
    void abandon() {
        abandoned = true;
        LockSupport.unpark(carrier);
    }

    // ---- what a deep simulation does as well

    /** {@code me} begins to carry. */
    void hasTaken(Thread me) {}

    /** {@code me} carries no more. */
    void hasLeft(Thread me) {}

    /** In a deep simulation: whether {@code strand}, which has left the carrier, still holds the turn. */
    boolean takesBackFrom(Strand strand) {
        return false;
    }

    /** In a deep simulation: the turn was taken from {@code carried}, which waits in the JDK or has ended. */
    void halted(Carried carried) {}

    /**
     * Whether a strand may have parked {@code carrying} with it, being pinned: that has done nothing for a while, and
     * is not waiting for its holder. A strand that waits in Weft has passed its turn on.
     */
    boolean mayBeParkedBy(Thread carrying, boolean dispatched) {
        return !dispatched && carrying.getState() == Thread.State.WAITING;
    }

    /** In a deep simulation: whether the strand in turn has surely parked {@code carrying} with it. Any thread. */
    boolean isParkedBy(Thread carrying) {
        return false;
    }

    /** In a deep simulation: has the thread that {@code carried} is pinned to carry on. @return false if it is not */
    boolean handsBack(Carried carried) {
        return false;
    }

    /** {@code carrying} is parked with the thread of {@code carried}, and is about to be replaced. Any thread. */
    void keepsCarrier(Carried carried, Thread carrying) {}

    /** The step of {@code carried} has come back on a thread that carries no more. */
    void leftBehind(Carried carried) {}

    static Carried carried(Strand strand) {
        return (Carried) Objects.requireNonNull(strand.attachment);
    }

    @Override
    String describe() {
        return "an event loop on one carrier";
    }
}
