package dev.weft.internal.runtime;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Strands on one carrier: a platform thread runs them, one after the other, so that the turn passes without waking
 * another thread up.
 *
 * <p>The turn is where {@link #holder} says; the carrier only sees to it that its holder gets on. The JDK tells
 * ({@link #submitted}) when a thread has something to do, and does not decide when it runs: the carrier runs the step
 * of whichever strand has the turn, and a step that finds nothing to do does nothing. If it comes back and the turn has
 * not passed on, its strand waits outside of Weft, or runs on another thread; the carrier then waits for it.
 *
 * <p>A strand that is pinned to the carrier, by a native frame or a class initializer, and waits keeps that thread, and
 * another one carries the loop.
 */
class CarrierTurns extends Turns {

    private static final VarHandle HOLDER = Fields.handle(MethodHandles.lookup(), "holder", Thread.class);

    /** How long a carrier is kept that has nothing to do. */
    private static final long KEEP_NANOS = 1_000_000_000;

    /** How often the carrier of a busy loop is looked at. */
    private static final long LOOK_NANOS = 20_000_000;

    /** Null while there is nothing to do, and while none carries any more. */
    private volatile @Nullable Thread carrier;

    private volatile @Nullable Thread holder;

    /** The strand that holds the turn; null if the carrier does. */
    private @Nullable Strand current;

    /** How often {@link #current} was set. */
    private int passes;

    /** The one of the {@link #passes} that the carrier has seen to. */
    private volatile int dispatched;

    private int seenPasses;
    private volatile boolean watched;
    volatile boolean abandoned;

    private final AtomicBoolean claimed = new AtomicBoolean();
    private @Nullable ClassLoader contextClassLoader;

    CarrierTurns(EventLoopScheduler loop) {
        super(loop);
    }

    @Override
    void begin() {
        contextClassLoader = Thread.currentThread().getContextClassLoader();
        idle = true;
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

    /** What is ready now runs on the carrier alone, so that only an unpark or an interrupt needs a strand to park. */
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
            replaceCarrier(); // pinned
        }
        awaitTurn(self);
    }

    /** Passes the turn on, or to the carrier. */
    private void give(@Nullable Strand chosen) {
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
    private void awaitTurn(Strand self) {
        var me = Thread.currentThread();
        var interrupted = false;
        for (; ; ) {
            try {
                LockSupport.park();
            } catch (StackOverflowError e) {
                if (isOnCarrier()) {
                    replaceCarrier(); // no stack is left to leave it
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
                replaceCarrier(); // pinned
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

    /** The calling thread stays where it is: another one is to carry. */
    private void replaceCarrier() {
        carrier = null;
        Carriers.start(() -> {
            var me = Thread.currentThread();
            carrier = me;
            if (current == null) {
                holder = me;
            }
            carryAsLongAsThereIsWork(false);
        });
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
        } else if ((!closed || !loop.isInboxEmpty()) && claimed.compareAndSet(false, true)) {
            Carriers.start(() -> carryAsLongAsThereIsWork(true));
        }
    }

    @Override
    void abandon() {
        abandoned = true;
        LockSupport.unpark(carrier);
    }

    // ---- on the carrier

    private void take() {
        var me = Thread.currentThread();
        carrier = me;
        holder = me;
        hasTaken(me);
    }

    private void letGo() {
        hasLeft(Thread.currentThread());
        holder = null;
        idle = true;
        carrier = null;
        claimed.set(false);
    }

    /** {@code me} begins to carry. */
    void hasTaken(Thread me) {}

    /** {@code me} carries no more. */
    void hasLeft(Thread me) {}

    private void carryAsLongAsThereIsWork(boolean begins) {
        var me = Thread.currentThread();
        me.setContextClassLoader(contextClassLoader);
        if (begins) {
            take();
        } else {
            hasTaken(me);
        }
        do {
            carry(me);
        } while (carrier == me && !hasLetGo());
        hasLeft(me);
        me.setContextClassLoader(null);
    }

    /** @return false if there is something to do */
    private boolean hasLetGo() {
        if (!closed && !abandoned && (loop.nextDeadline() != Scheduler.NEVER || loop.isReady())) {
            return false;
        }
        letGo();
        if (loop.isInboxEmpty() || !claimed.compareAndSet(false, true)) {
            return true;
        }
        take();
        return false;
    }

    /** Until this is closed, another thread carries, or nothing has come for long. */
    private void carry(Thread me) {
        if (current != null && !hasTurnBack(me)) {
            return;
        }
        for (; ; ) {
            idle = false;
            var next = loop.next();
            if (next != null) {
                if (!watched) {
                    watched = true;
                    watch();
                }
                count++;
                give(next);
                if (!hasTurnBack(me)) {
                    return;
                }
            } else if (closed || !isWokenUp()) {
                return;
            }
        }
    }

    /** @return false if there is nothing to do and nothing to wait for */
    private boolean isWokenUp() {
        idle = true;
        if (loop.isInboxEmpty() && !closed && !abandoned) {
            var nanos = loop.idleNanos();
            if (nanos == Scheduler.NEVER) {
                var before = RealTime.nanoTime();
                LockSupport.parkNanos(this, KEEP_NANOS);
                return !abandoned && (RealTime.nanoTime() - before < KEEP_NANOS || !loop.isInboxEmpty());
            }
            LockSupport.parkNanos(this, nanos);
        }
        return !abandoned;
    }

    /**
     * While there is something to do, looks whether a strand has parked the carrier with it, being pinned. A carrier
     * that waits for its holder has this object as its blocker.
     */
    private void watch() {
        RealTime.schedule(LOOK_NANOS, () -> {
            var carrying = carrier;
            if (carrying == null || idle) {
                watched = false;
                return;
            }
            var now = passes;
            if (now != dispatched
                    && now == seenPasses
                    && carrying.getState() == Thread.State.WAITING
                    && LockSupport.getBlocker(carrying) != this
                    && carrying == carrier
                    && now == passes) {
                replaceCarrier();
            }
            seenPasses = now;
            watch();
        });
    }

    /**
     * Runs what holds the turn until the turn is the carrier's.
     *
     * @return false if the calling thread carries no more
     */
    private boolean hasTurnBack(Thread me) {
        for (var strand = current; strand != null; strand = current) {
            var turnOf = holder;
            var pass = passes;
            var carried = carried(strand);
            if (carried.step != null) {
                if (carried.waitsParked) {
                    LockSupport.unpark(turnOf);
                }
            } else if (!isStarted(strand)) {
                takeBack(me);
                return true;
            }
            carried.isRunnableAgain();
            dispatched = pass;
            run(carried);
            if (carrier != me) {
                return false;
            }
            if (holder != turnOf || passes != pass) {
                continue;
            }
            if (halts(carried)) {
                takeBack(me);
                halted(carried);
                return true;
            }
            if (!hasPassedOn(carried, turnOf, pass, me)) {
                return false;
            }
        }
        return true;
    }

    /** Its strand waits outside of Weft, or runs on another thread, and keeps its turn. */
    private boolean hasPassedOn(Carried carried, @Nullable Thread turnOf, int pass, Thread me) {
        while (holder == turnOf && passes == pass) {
            if (carried.isRunnableAgain()) {
                run(carried);
                if (carrier != me) {
                    return false;
                }
            } else if (abandoned) {
                carried.outside = true;
                if (carried.isRunnableAgain()) {
                    CustomScheduling.executeByDefault(Objects.requireNonNull(carried.step));
                }
                current = null;
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
    private boolean isStarted(Strand strand) {
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
        passes++;
        current = null;
        holder = me;
    }

    /** In a deep simulation: whether a strand that waits in the JDK gives its turn away. */
    boolean halts(Carried carried) {
        return false;
    }

    /** In a deep simulation: the turn was taken from {@code carried}, which waits in the JDK or has ended. */
    void halted(Carried carried) {}

    static Carried carried(Strand strand) {
        return (Carried) Objects.requireNonNull(strand.attachment);
    }

    @Override
    String describe() {
        return "an event loop on one carrier";
    }
}
