package dev.weft.internal.task;

import dev.weft.Body;
import dev.weft.CancelledException;
import dev.weft.internal.failure.AwaitCycleException;
import dev.weft.internal.runtime.Fields;
import dev.weft.internal.runtime.Memory;
import dev.weft.internal.runtime.Scheduler;
import dev.weft.internal.runtime.StackReserve;
import dev.weft.internal.runtime.Strand;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Cancellable} strand that parks until what it awaits is ready: waits, which a request or an interrupt ends;
 * joins, which nothing ends; and cancellation points that do not wait.
 */
public abstract class ParkingStrand extends Cancellable {

    private static final VarHandle WAITING_FOR = Fields.handle(MethodHandles.lookup(), "waitingFor", Object.class);

    @SuppressWarnings("UnusedVariable") // by WAITING_FOR
    private @Nullable Object waitingFor;

    /** Written by the own thread only. */
    private volatile boolean outside;

    ParkingStrand(Scheduler scheduler) {
        super(scheduler);
    }

    ParkingStrand(Scheduler scheduler, Thread thread) {
        super(scheduler, thread);
    }

    /** A call begins that this stands in until {@link #leaveCall}. Calls nest. Own thread only. */
    void enterCall() {}

    /** The innermost call ends. */
    void leaveCall() {}

    /**
     * Waits until {@code target} is ready. A cancellation point; a request goes before readiness.
     *
     * @return false if {@code deadlineNanos} has come before
     * @throws CancelledException for a request
     * @throws InterruptedException for an interrupt from elsewhere
     */
    public final boolean waitFor(Awaitable target, long deadlineNanos) throws InterruptedException {
        if (outside) {
            return backInside(() -> waitFor(target, deadlineNanos));
        }
        StackReserve.forCall(); // what has been begun is ended, whatever fails meanwhile
        beginWait();
        FlightEvents.Wait recorded;
        InterruptedException stopped;
        boolean ready;
        try {
            enterCall();
            recorded = FlightEvents.beginWait(target);
            publish(target);
            for (; ; ) {
                ready = target.isReady(); // first: what was asked before it became ready is then seen below
                stopped = stopped(Thread.interrupted());
                if (stopped != null || ready || hasPassed(deadlineNanos)) {
                    break;
                }
                scheduler().park(this, deadlineNanos);
            }
        } catch (Throwable e) {
            endWaitFor();
            throw e;
        }
        endWaitFor();
        if (recorded != null) {
            FlightEvents.endWait(recorded, this, target);
        }
        if (stopped != null) {
            throw stopped; // from outside of the try: an exception is dear where it is caught and thrown again
        }
        return ready;
    }

    private void publish(Awaitable target) {
        if (target.mayCloseCycle()) {
            announce(target);
        } else {
            WAITING_FOR.setRelease(this, target);
        }
    }

    /**
     * Says that this is about to wait for {@code target}, so that whoever closes a circle with that is refused. Own
     * thread only, until the wait or {@link #forgetAnnounced}.
     *
     * @throws AwaitCycleException if the wait would never end
     */
    public final void announce(Awaitable target) {
        WAITING_FOR.setVolatile(this, target);
        try {
            AwaitCycles.check(this, target);
        } catch (Throwable e) {
            forgetAnnounced();
            throw e;
        }
    }

    /** The wait that was announced has ended, or does not take place. */
    public final void forgetAnnounced() {
        WAITING_FOR.setOpaque(this, null);
    }

    private void endWaitFor() {
        WAITING_FOR.setOpaque(this, null);
        leaveCall();
        endWait();
    }

    /**
     * To be called before a wait that {@code last}, the task that this has started last, may end. If that is still
     * queued, perhaps on this core, it is its turn first: to yield once is cheaper than to be unparked, and spares the
     * end of the task the unpark.
     */
    public final void letBegin(@Nullable TaskImpl<?> last) {
        if (last != null && !last.hasBegun() && !outside && !scheduler().takesTurns()) {
            scheduler().yieldTurn(this);
        }
    }

    private boolean hasPassed(long deadlineNanos) {
        return deadlineNanos != Scheduler.NEVER && scheduler().nanoTime() >= deadlineNanos;
    }

    /** A cancellation point that does not wait, but lets others run. */
    public final void yieldTurn() throws InterruptedException {
        if (outside) {
            checkpoint();
            return;
        }
        StackReserve.forCall();
        beginWait();
        InterruptedException stopped;
        try {
            scheduler().yieldTurn(this);
            stopped = stopped(Thread.interrupted());
        } finally {
            endWait();
        }
        if (stopped != null) {
            throw stopped;
        }
    }

    private @Nullable InterruptedException stopped(boolean wasInterrupted) {
        var interrupted = notHeldBack(wasInterrupted);
        var cancelled = isPending() ? deliver(interrupted) : null;
        return cancelled == null && interrupted ? new InterruptedException() : cancelled;
    }

    /** Whether there was an interrupt from elsewhere that no shield holds back. */
    private boolean notHeldBack(boolean wasInterrupted) {
        return wasInterrupted && !holdInterruptBack();
    }

    @Override
    public final void waitUntil(Awaitable target) throws InterruptedException {
        waitFor(target, Scheduler.NEVER);
    }

    @Override
    public final void joinUntil(Awaitable target) {
        join(target);
    }

    /** A cancellation point that does not wait. */
    @Override
    public final void checkpoint() throws InterruptedException {
        if (!isUndisturbed()) {
            StackReserve.forCall();
            beginWait();
            endWait();
        }
    }

    /**
     * Waits until {@code target} is ready, come what may. Requests and interrupts are kept for later; whoever makes one
     * now asks a second time, so it is also passed on to those that are joined.
     */
    public final void join(Awaitable target) {
        if (target.isReady()) {
            return;
        }
        if (outside) {
            enter();
            join(target);
            leave();
            return;
        }
        var interrupted = beginJoin();
        FlightEvents.Wait recorded;
        try {
            interrupted = notHeldBack(interrupted);
            Memory.insistOn(this, ParkingStrand::enterCall);
            recorded = FlightEvents.beginWait(target);
            WAITING_FOR.setRelease(this, target);
            var interruptedNow = interrupted;
            while (!target.isReady()) {
                passOnWhileJoining(target, interruptedNow);
                scheduler().park(this, Scheduler.NEVER);
                interruptedNow = notHeldBack(Thread.interrupted());
                interrupted |= interruptedNow;
            }
        } finally {
            endJoin(interrupted);
        }
        if (recorded != null) {
            FlightEvents.endWait(recorded, this, target);
        }
    }

    /**
     * As {@link #join}, but an interrupt ends it. Not for blocks: what is to stop those is kept for later.
     *
     * @return false if there was an interrupt before {@code target} was ready
     */
    public final boolean joinUnlessInterrupted(Awaitable target) {
        var interrupted = beginJoin();
        var ready = false;
        try {
            interrupted = notHeldBack(interrupted);
            enterCall();
            WAITING_FOR.setRelease(this, target);
            while (!interrupted && !target.isReady()) {
                scheduler().park(this, Scheduler.NEVER);
                interrupted = notHeldBack(Thread.interrupted());
            }
            ready = target.isReady();
            interrupted &= ready; // else the caller is told of it
        } finally {
            endJoin(interrupted);
        }
        return ready;
    }

    private void endJoin(boolean interrupted) {
        WAITING_FOR.setOpaque(this, null);
        leaveCall();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        endWait();
    }

    @Override
    public final @Nullable Object waitingFor() {
        return WAITING_FOR.getVolatile(this);
    }

    @Override
    public final List<Strand> awaited() {
        var awaited = new ArrayList<Strand>();
        if (waitingFor() instanceof Awaitable target) {
            target.forEachAwaited(awaited::add);
        }
        return awaited;
    }

    // ---- outside

    /** Whether this has given its turn away. */
    @Override
    public final boolean isOutside() {
        return outside;
    }

    /** Gives the turn away until {@link #enter}. */
    public final void leave() {
        outside = true;
        scheduler().leave(this);
    }

    public final void enter() {
        awaitSender(); // as long as nobody else has to wait for it
        scheduler().enter(this);
        outside = false;
    }

    /** A wait takes part in the turns also within {@code blocking}. */
    private <T> T backInside(Body<T, RuntimeException> wait) throws InterruptedException {
        enter();
        try {
            return wait.run();
        } finally {
            leave();
        }
    }
}
