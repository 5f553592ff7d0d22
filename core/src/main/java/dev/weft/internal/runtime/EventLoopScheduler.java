package dev.weft.internal.runtime;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The event loop: strands are virtual threads that take turns. One runs at a time, first come first served; it hands
 * its turn on where it parks in Weft. {@link Rounds} keeps the order and the timers; {@link Turns} sees to the threads.
 *
 * <p>A subclass may have another clock and another order: the simulation of the test kit does.
 *
 * <p>Every field that is neither volatile nor concurrent belongs to the holder of the turn. Passing it makes all that
 * one holder did visible to the next.
 */
public class EventLoopScheduler extends Scheduler {

    private final Rounds rounds;
    private final Turns turns;
    private final Runnable countCancelled = this::timerCancelled;

    /** One that is yet to {@link #begin}. */
    @SuppressWarnings("this-escape") // its turns begin with it
    protected EventLoopScheduler(LoopThreads threads) {
        this.rounds = new Rounds(this);
        this.turns = Turns.of(this, threads);
    }

    /** A new event loop, which lives until it is {@linkplain #close closed}. */
    public static EventLoopScheduler open() {
        return open(LoopThreads.chosen());
    }

    /** {@link #open()} with threads of one's choice. @throws IllegalStateException if this JVM does not have them */
    public static EventLoopScheduler open(LoopThreads threads) {
        var loop = new EventLoopScheduler(threads);
        loop.begin();
        return loop;
    }

    /** Takes up work. */
    protected final void begin() {
        turns.begin();
    }

    /**
     * Ends this loop once nothing is ready to run. Strands that are still parked stay so for ever: their owner has
     * joined them before.
     */
    public final void close() {
        turns.close();
    }

    /** Gives the turn to no strand any more, whichever holds it. Any thread. */
    protected final void abandonTurns() {
        turns.abandon();
    }

    /** The thread that holds the turn, or null while everybody waits. */
    public final @Nullable Thread holder() {
        return turns.holder();
    }

    /** How often the turn has been passed, as far as the caller's thread can see. */
    public final long turns() {
        return turns.count;
    }

    @Override
    public void start(Strand strand) {
        StackReserve.forCall();
        turns.prepare(strand);
        submit(new Rounds.Entering(strand));
    }

    @Override
    public void startEagerly(Strand self, Strand strand) {
        StackReserve.forTurn();
        rounds.addFirst(self);
        turns.passTo(self, strand);
    }

    @Override
    public void park(Strand self, long deadlineNanos) {
        StackReserve.forTurn(); // between who goes and who comes the turn must not be lost
        if (self.permit) {
            self.permit = false;
            return;
        }
        if (Thread.currentThread().isInterrupted()) {
            return;
        }
        var timer = deadlineNanos == NEVER ? null : new LoopTimers.Entry(this, deadlineNanos, self);
        if (timer != null) {
            rounds.schedule(timer);
        }
        self.parked = true;
        turns.passAndWait(self, true);
        self.parked = false;
        if (timer != null) {
            timer.cancel();
        }
    }

    @Override
    public void unpark(Strand strand) {
        StackReserve.forCall();
        if (holdsTurn()) {
            rounds.resume(strand);
        } else {
            send(strand);
        }
    }

    @Override
    public void yieldTurn(Strand self) {
        StackReserve.forTurn();
        rounds.add(self);
        turns.passAndWait(self, false);
    }

    @Override
    public void exit(Strand self) {
        turns.pass();
    }

    @Override
    public void leave(Strand self) {
        StackReserve.forTurn();
        turns.moveOut(self);
    }

    @Override
    public void enter(Strand self) {
        turns.moveIn(self, Memory.insist(self, Rounds.Entering::new));
    }

    @Override
    public void soon(Runnable action) {
        StackReserve.forCall();
        submit(action);
    }

    @Override
    public TimerHandle schedule(long deadlineNanos, Runnable action) {
        var timer = new LoopTimers.Entry(this, deadlineNanos, action);
        if (holdsTurn()) {
            rounds.schedule(timer);
        } else {
            send(timer);
        }
        return timer;
    }

    @Override
    public long nanoTime() {
        return RealTime.nanoTime();
    }

    @Override
    public final boolean takesTurns() {
        return true;
    }

    /** Whether the calling thread is the {@link #holder}. */
    protected final boolean holdsTurn() {
        return turns.isHeldHere();
    }

    /** Any thread. */
    final void send(Object entry) {
        rounds.send(entry);
        if (turns.idle) {
            turns.wake();
        }
    }

    /** Whether nothing has come from outside that has not been taken in. Any thread. */
    protected final boolean isInboxEmpty() {
        return rounds.isInboxEmpty();
    }

    /** Whether something is ready to run, as far as this has been told. */
    protected final boolean isReady() {
        return rounds.isReady();
    }

    private void submit(Object entry) {
        if (holdsTurn()) {
            rounds.add(entry);
        } else {
            send(entry);
        }
    }

    void timerCancelled() {
        if (holdsTurn()) {
            rounds.timerCancelled();
        } else {
            send(countCancelled);
        }
    }

    /**
     * The strand that will probably have the turn after the next one; null if unknown. Called by the holder of the
     * turn.
     */
    protected @Nullable Strand upcoming() {
        return rounds.upcoming();
    }

    @Override
    public final boolean begun(Strand self) {
        return turns.begun(self);
    }

    /**
     * The next strand to run, or null if nothing is ready. Runs the actions that come before it. Called by the holder
     * of the turn, which then passes it on.
     */
    protected @Nullable Strand next() {
        return rounds.next();
    }

    /** When the next timer is due, or {@link #NEVER}. */
    protected final long nextDeadline() {
        return rounds.nextDeadline();
    }

    /** How long to wait while nothing is ready and nothing comes from outside, or {@link #NEVER}. */
    protected long idleNanos() {
        var deadline = nextDeadline();
        return deadline == NEVER ? NEVER : deadline - nanoTime();
    }

    // ---- threads that are not the loop's, and a deep simulation

    /** The deep simulation that the calling thread is part of; null if there is none. */
    public static @Nullable EventLoopScheduler deepHere() {
        return DeepTurns.here();
    }

    /** A thread that was started by {@code starter}, but is not a strand, has something to do. Any thread. */
    protected void submittedOther(Strand starter, Runnable step) {
        CustomScheduling.executeByDefault(step);
    }

    /** Whether the calling thread runs on the carrier of this deep simulation. */
    protected final boolean isOnCarrier() {
        return deep().isOnCarrier();
    }

    /** {@code strand} is the thread with this step, which a strand of this deep simulation has started. */
    protected final void adopt(Strand strand, Runnable step) {
        deep().adopt(strand, step);
    }

    /** The thread of {@code strand}, which was adopted, has something to do. Any thread. */
    protected final void submitAgain(Strand strand) {
        deep().submitted(strand);
    }

    protected final boolean yieldTurnHere() {
        return deep().yieldTurn();
    }

    protected final void waitPinned() {
        deep().waitPinned();
    }

    protected final void comeBack() {
        deep().comeBack();
    }

    /** Threads of this deep simulation that go on without a turn. */
    protected final AdriftThreads adrift() {
        return deep().adrift;
    }

    /** The strand in turn. On its thread. */
    protected final Strand inTurn() {
        return Objects.requireNonNull(deep().current);
    }

    private DeepTurns deep() {
        return (DeepTurns) turns;
    }

    /** {@code strand} may run. In turn. */
    protected final void readyAgain(Strand strand) {
        rounds.add(strand);
    }

    /** A thread that is not of this deep simulation has got {@code strand} on. Any thread but the carrier. */
    protected void wokenFromOutside(Strand strand) {
        send(new Rounds.Entering(strand));
    }

    /** The calling thread begins to carry this deep simulation. */
    protected void begunToCarry() {}

    /** Whether a strand has {@code carrier}, which has not waited for a while, wait within the JVM. Any thread. */
    protected boolean isBlockedInJvm(Thread carrier) {
        return false;
    }

    /** Whether a strand has {@code thread} wait with a limit that never comes. Any thread. */
    protected boolean waitsWithoutEnd(Thread thread) {
        return false;
    }

    /** {@code strand} waits in the JDK, unless it is {@code runnable}, or has ended. On the carrier, in turn. */
    protected void halted(Strand strand, boolean runnable) {}

    @Override
    public String toString() {
        return turns.describe();
    }
}
