package dev.weft.internal.runtime;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The event loop: strands are virtual threads that take turns. One runs at a time, first come first served; it hands
 * its turn on where it parks in Weft.
 *
 * <p>There is no loop thread: the strand that parks picks what comes next and passes the turn straight to it, like a
 * baton. When nothing is ready, the turn goes to the watchman, which sleeps until the next timer is due or something
 * arrives from outside.
 *
 * <p>The order is asyncio's: a round runs what was ready at its start; then what came from outside is taken in, and the
 * timers that are due, by deadline.
 *
 * <p>A subclass may have another clock and another order: the simulation of the test kit does.
 *
 * <p>Every field that is neither volatile nor concurrent belongs to the holder of the turn. The write to
 * {@link #holder} that passes the turn makes all that one holder did visible to the next.
 */
public class EventLoopScheduler extends Scheduler {

    /** How long who waits for the turn stays awake: about as long as it takes to go to sleep and get up again. */
    private static final int SPINS = Runtime.getRuntime().availableProcessors() > 1 ? Sizes.of(50, 0) : 0;

    private final ReadyQueue ready = new ReadyQueue();
    private final LoopTimers timers = new LoopTimers();

    @SuppressWarnings("this-escape") // it begins with the loop
    private final EventLoopWatchman watchman = new EventLoopWatchman(this);

    private final Runnable countCancelled = this::timerCancelled;

    private int leftInRound;
    private long turns;

    private volatile @Nullable Thread holder;

    /** One that is yet to {@link #begin}. */
    protected EventLoopScheduler() {}

    /** A new event loop, which lives until it is {@linkplain #close closed}. */
    public static EventLoopScheduler open() {
        var loop = new EventLoopScheduler();
        loop.begin();
        return loop;
    }

    /** Takes up work. */
    protected final void begin() {
        give(watchman);
    }

    /**
     * Ends this loop once nothing is ready to run. Strands that are still parked stay so for ever: their owner has
     * joined them before.
     */
    public final void close() {
        watchman.close();
    }

    /** The thread that holds the turn, or null while everybody waits. */
    public final @Nullable Thread holder() {
        var thread = holder;
        return thread == watchman.thread() ? null : thread;
    }

    /** How often the turn has been passed, as far as the caller's thread can see. */
    public final long turns() {
        return turns;
    }

    @Override
    public void start(Strand strand) {
        StackReserve.forCall();
        submit(new Entering(strand));
    }

    @Override
    public void startEagerly(Strand self, Strand strand) {
        StackReserve.forTurn();
        ready.addFirst(self);
        leftInRound++;
        give(strand);
        awaitTurn(self, true);
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
            timers.add(timer);
        }
        self.parked = true;
        passTurnAndWait(self);
        self.parked = false;
        if (timer != null) {
            timer.cancel();
        }
    }

    @Override
    public void unpark(Strand strand) {
        StackReserve.forCall();
        if (holdsTurn()) {
            resume(strand);
        } else {
            watchman.send(strand);
        }
    }

    @Override
    public void yieldTurn(Strand self) {
        StackReserve.forTurn();
        makeReady(self);
        passTurnAndWait(self);
    }

    @Override
    public void exit(Strand self) {
        give(nextOrWatchman());
    }

    @Override
    public void leave(Strand self) {
        StackReserve.forTurn();
        give(nextOrWatchman());
    }

    @Override
    public void enter(Strand self) {
        watchman.send(Memory.insist(self, Entering::new));
        awaitTurn(self, true);
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
            timers.add(timer);
        } else {
            watchman.send(timer);
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
        return holder == Thread.currentThread();
    }

    private void submit(Object entry) {
        if (holdsTurn()) {
            makeReady(entry);
        } else {
            watchman.send(entry);
        }
    }

    private void makeReady(Object entry) {
        ready.add(entry);
    }

    private void resume(Strand strand) {
        if (strand.parked) {
            strand.parked = false;
            makeReady(strand);
        } else {
            strand.permit = true;
        }
    }

    void timerCancelled() {
        if (holdsTurn()) {
            timers.oneCancelled();
        } else {
            watchman.send(countCancelled);
        }
    }

    private void passTurnAndWait(Strand self) {
        var next = nextOrWatchman();
        if (next == self) {
            turns++;
        } else {
            var soonBack = ready.isEmpty();
            give(next);
            awaitTurn(self, soonBack);
        }
    }

    /** Passes the turn; and before, so that it is there in time, starts the thread of who comes after the next one. */
    final void give(Strand strand) {
        turns++;
        var upcoming = upcoming();
        if (upcoming != null && upcoming.thread() == null) {
            try {
                startThread(upcoming);
            } catch (Throwable e) {
                // it is tried again when its turn has come
            }
        }
        for (var next = strand; !passTo(next); ) {
            next = nextOrWatchman();
        }
    }

    /** @return false if {@code strand} cannot be started: the turn is still here */
    private boolean passTo(Strand strand) {
        var thread = strand.thread();
        if (thread != null) {
            passTo(strand, thread);
            return true;
        }
        try {
            thread = startThread(strand);
        } catch (Throwable e) {
            if (strand == watchman) {
                throw e;
            }
            strand.cannotStart(e);
            return false;
        }
        passTo(strand, thread);
        return true;
    }

    private void passTo(Strand strand, Thread thread) {
        holder = thread;
        if (strand.asleep) {
            try {
                LockSupport.unpark(thread);
            } catch (Throwable e) {
                // it was made ready before the pool threw: the turn has gone, and this strand must not go on without it
            }
        }
    }

    /**
     * A start may throw although the thread will run: the pool has taken it in, and has no stack or memory for one more
     * worker. So a thread gets the turn only when its start has returned; otherwise it finds that it was forgotten, and
     * ends.
     */
    private static Thread startThread(Strand strand) {
        var thread = strand.newThread();
        try {
            thread.start();
            return thread;
        } catch (Throwable e) {
            strand.forgetThread();
            LockSupport.unpark(thread);
            throw e;
        }
    }

    /** Who will probably have the turn after the next one; null if nobody knows. Called by the holder of the turn. */
    protected @Nullable Strand upcoming() {
        return ready.peek() instanceof Entering(var strand) ? strand : null;
    }

    /**
     * An interrupt does not stop a strand from waiting for its turn; it counts as an unpark, and the status is set
     * again once the turn has come. Stays awake for a moment if the turn {@code isNear}.
     *
     * @return false if the thread is not the strand's any more, as its start has failed
     */
    final boolean awaitTurn(Strand self, boolean isNear) {
        var me = Thread.currentThread();
        var interrupted = false;
        for (var spins = isNear ? 0 : SPINS; holder != me; spins++) {
            if (spins < SPINS) {
                Thread.onSpinWait();
                continue;
            }
            self.asleep = true;
            if (holder != me) {
                try {
                    LockSupport.park();
                } catch (StackOverflowError e) {
                    Thread.onSpinWait(); // no stack is left to park, and the strand must not go on without the turn
                }
            }
            if (self.thread() != me) {
                return false; // what is asleep now may be another thread
            }
            self.asleep = false;
            if (Thread.interrupted()) {
                interrupted = true;
                watchman.send(self);
            }
            spins = 0;
        }
        if (interrupted) {
            me.interrupt();
        }
        return true;
    }

    @Override
    public final boolean begun(Strand self) {
        return awaitTurn(self, true);
    }

    private Strand nextOrWatchman() {
        var next = next();
        return next == null ? watchman : next;
    }

    /**
     * The next strand to run, or null if nothing is ready. Runs the actions that come before it. Called by the holder
     * of the turn, which then passes it on.
     */
    protected @Nullable Strand next() {
        for (; ; ) {
            if (leftInRound == 0) {
                takeInbox();
                takeDueTimers();
                leftInRound = ready.size();
                if (leftInRound == 0) {
                    return null;
                }
            }
            leftInRound--;
            switch (ready.remove()) {
                case Strand strand -> {
                    return strand;
                }
                case Entering(var strand) -> {
                    return strand;
                }
                case LoopTimers.Entry timer -> {
                    if (!timer.isCancelled()) {
                        if (timer.action instanceof Strand strand) {
                            resume(strand);
                        } else {
                            act((Runnable) timer.action);
                        }
                    }
                }
                case Object action -> act((Runnable) action);
            }
        }
    }

    /** What an action throws must not keep the turn from being passed on. */
    private static void act(Runnable action) {
        try {
            action.run();
        } catch (Throwable e) {
            var thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        }
    }

    /** When the next timer is due, or {@link #NEVER}. */
    protected final long nextDeadline() {
        return timers.nextDeadline();
    }

    /** How long to wait while nothing is ready and nothing comes from outside, or {@link #NEVER}. */
    protected long idleNanos() {
        var deadline = nextDeadline();
        return deadline == NEVER ? NEVER : deadline - nanoTime();
    }

    private void takeInbox() {
        for (var entry = watchman.poll(); entry != null; entry = watchman.poll()) {
            switch (entry) {
                case Strand strand -> resume(strand);
                case LoopTimers.Entry timer -> Memory.insistOn(timers, timer, LoopTimers::add);
                default -> makeReady(entry);
            }
        }
    }

    private void takeDueTimers() {
        if (timers.first() != null) {
            var now = nanoTime();
            for (var timer = timers.pollDue(now); timer != null; timer = timers.pollDue(now)) {
                makeReady(timer);
            }
        }
    }

    /** A strand that is new, or back from outside, and waits for its turn in the order of its coming. */
    private record Entering(Strand strand) {}

    @Override
    public String toString() {
        return "an event loop";
    }
}
