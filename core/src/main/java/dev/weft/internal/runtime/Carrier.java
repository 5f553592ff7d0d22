package dev.weft.internal.runtime;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The platform thread that runs the strands of {@link CarrierTurns}. It is taken from {@link Carriers} when there is
 * something to do, given back when there has not been for a while, and replaced when a pinned strand keeps it.
 */
final class Carrier {

    /** How long a carrier is kept that has nothing to do. */
    private static final long KEEP_NANOS = 1_000_000_000;

    /** How often the carrier of a busy loop is looked at. */
    private static final long LOOK_NANOS = 20_000_000;

    /** How often while it is known that a strand may be pinned. */
    private static final long CLOSE_LOOK_NANOS = 500_000;

    private final CarrierTurns turns;
    private final EventLoopScheduler loop;

    /** Whether a thread carries, or is about to. */
    private final AtomicBoolean claimed = new AtomicBoolean();

    private @Nullable ClassLoader contextClassLoader;

    /** The one of the turns' passes that this has seen to. */
    private volatile int dispatched;

    private int seenPasses;
    private volatile boolean watched;
    private final AtomicBoolean watchedClosely = new AtomicBoolean();

    Carrier(CarrierTurns turns) {
        this.turns = turns;
        this.loop = turns.loop;
    }

    /** Takes over the class loader of whoever opens the loop. */
    void begin() {
        contextClassLoader = Thread.currentThread().getContextClassLoader();
        turns.idle = true;
    }

    /** There is something to do. Any thread. */
    void start() {
        if (claimed.compareAndSet(false, true)) {
            Carriers.start(() -> carryAsLongAsThereIsWork(true));
        }
    }

    /** The calling thread stays where it is: another one is to carry. */
    void replace() {
        turns.carrier = null;
        Carriers.start(() -> {
            var me = Thread.currentThread();
            turns.carrier = me;
            if (turns.current == null) {
                turns.holder = me;
            }
            carryAsLongAsThereIsWork(false);
        });
    }

    private void take() {
        var me = Thread.currentThread();
        turns.carrier = me;
        turns.holder = me;
        turns.hasTaken(me);
    }

    private void letGo() {
        turns.hasLeft(Thread.currentThread());
        turns.holder = null;
        turns.idle = true;
        turns.carrier = null;
        claimed.set(false);
    }

    private void carryAsLongAsThereIsWork(boolean begins) {
        var me = Thread.currentThread();
        me.setContextClassLoader(contextClassLoader);
        if (begins) {
            take();
        } else {
            turns.hasTaken(me);
        }
        do {
            carry(me);
        } while (turns.carrier == me && !letGoWithoutWork());
        turns.hasLeft(me);
        me.setContextClassLoader(null);
    }

    /** @return false if there is something to do */
    private boolean letGoWithoutWork() {
        if (!turns.closed && !turns.abandoned && (loop.nextDeadline() != Scheduler.NEVER || loop.isReady())) {
            return false;
        }
        letGo();
        if (turns.abandoned || loop.isInboxEmpty() || !claimed.compareAndSet(false, true)) {
            return true;
        }
        take();
        return false;
    }

    /** Until this is closed, another thread carries, or nothing has come for long. */
    private void carry(Thread me) {
        if (turns.current != null && !runUntilBack(me)) {
            return;
        }
        for (; ; ) {
            turns.idle = false;
            var next = loop.next();
            if (next != null) {
                if (!watched) {
                    watched = true;
                    watch();
                }
                turns.count++;
                turns.give(next);
                if (!runUntilBack(me)) {
                    return;
                }
            } else if (turns.closed || !sleep()) {
                return;
            }
        }
    }

    /** @return false if there is nothing to do and nothing to wait for */
    private boolean sleep() {
        turns.idle = true;
        if (loop.isInboxEmpty() && !turns.closed && !turns.abandoned) {
            var nanos = loop.idleNanos();
            if (nanos == Scheduler.NEVER) {
                var before = RealTime.nanoTime();
                LockSupport.parkNanos(this, KEEP_NANOS);
                return !turns.abandoned && (RealTime.nanoTime() - before < KEEP_NANOS || !loop.isInboxEmpty());
            }
            LockSupport.parkNanos(this, nanos);
        }
        return !turns.abandoned;
    }

    /**
     * While there is something to do, looks whether a strand has parked the carrier with it, being pinned. A carrier
     * that waits for its holder has this object as its blocker.
     */
    private void watch() {
        RealTime.schedule(LOOK_NANOS, () -> {
            var carrying = turns.carrier;
            if (carrying == null || turns.idle) {
                watched = false;
                return;
            }
            var now = turns.passes;
            if (now == seenPasses
                    && turns.mayBeParkedBy(carrying, now == dispatched)
                    && LockSupport.getBlocker(carrying) != this
                    && carrying == turns.carrier
                    && now == turns.passes) {
                leaveToItsStrand(carrying);
            }
            seenPasses = now;
            watch();
        });
    }

    private void leaveToItsStrand(Thread carrying) {
        var strand = turns.current;
        if (strand != null) {
            turns.keepsCarrier(CarrierTurns.carried(strand), carrying);
        }
        replace();
    }

    /** Looks more often, as long as a strand {@code mayBePinned}. Any thread. */
    void watchClosely(BooleanSupplier mayBePinned) {
        if (watchedClosely.compareAndSet(false, true)) {
            lookClosely(mayBePinned);
        }
    }

    private void lookClosely(BooleanSupplier mayBePinned) {
        RealTime.schedule(CLOSE_LOOK_NANOS, () -> {
            if (turns.closed || turns.abandoned || !mayBePinned.getAsBoolean()) {
                watchedClosely.set(false);
                return;
            }
            var carrying = turns.carrier;
            var now = turns.passes;
            if (carrying != null
                    && !turns.idle
                    && turns.isParkedBy(carrying)
                    && LockSupport.getBlocker(carrying) != this
                    && carrying == turns.carrier
                    && now == turns.passes) {
                leaveToItsStrand(carrying);
            }
            lookClosely(mayBePinned);
        });
    }

    /**
     * Runs what holds the turn until the turn is the carrier's.
     *
     * @return false if the calling thread carries no more
     */
    private boolean runUntilBack(Thread me) {
        for (var strand = turns.current; strand != null; strand = turns.current) {
            var turnOf = turns.holder;
            var pass = turns.passes;
            var carried = CarrierTurns.carried(strand);
            if (turns.handsBack(carried)) {
                return false;
            }
            if (carried.step != null) {
                if (carried.waitsParked) {
                    LockSupport.unpark(turnOf);
                }
            } else if (!start(strand)) {
                takeBack(me);
                return true;
            }
            carried.takeRunnable();
            dispatched = pass;
            run(carried);
            if (turns.carrier != me) {
                turns.leftBehind(carried);
                return false;
            }
            if (turns.takesBackFrom(strand)) {
                takeBack(me);
                turns.halted(carried);
                return true;
            }
            if (turns.holder == turnOf && turns.passes == pass && !awaitPass(carried, turnOf, pass, me)) {
                return false;
            }
        }
        return true;
    }

    /** Its strand waits outside of Weft, or runs on another thread, and keeps its turn. */
    private boolean awaitPass(Carried carried, @Nullable Thread turnOf, int pass, Thread me) {
        while (turns.holder == turnOf && turns.passes == pass) {
            if (carried.takeRunnable()) {
                run(carried);
                if (turns.carrier != me) {
                    return false;
                }
            } else if (turns.abandoned) {
                carried.outside = true;
                if (carried.takeRunnable()) {
                    CustomScheduling.executeByDefault(Objects.requireNonNull(carried.step));
                }
                turns.current = null;
                letGo();
                return false;
            } else {
                LockSupport.park(this);
            }
        }
        return true;
    }

    private static void run(Carried carried) {
        Objects.requireNonNull(carried.step).run();
    }

    /** @return false if its thread cannot be started */
    private boolean start(Strand strand) {
        try {
            Objects.requireNonNull(strand.thread()).start();
            return true;
        } catch (Throwable e) {
            strand.forgetThread();
            strand.cannotStart(e);
            return false;
        }
    }

    private void takeBack(Thread me) {
        turns.passes++;
        turns.current = null;
        turns.holder = me;
    }
}
