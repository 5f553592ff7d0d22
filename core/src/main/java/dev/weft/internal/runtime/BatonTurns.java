package dev.weft.internal.runtime;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Strands on the JDK's own scheduler of virtual threads. The one that parks passes the turn straight to the next, like
 * a baton: there is no loop thread. When nothing is ready, the turn goes to the watchman, which sleeps until the next
 * timer is due or something arrives from outside.
 *
 * <p>The write to {@link #holder} that passes the turn makes all that one holder did visible to the next.
 */
final class BatonTurns extends Turns {

    /** How long a strand that waits for the turn stays awake: about as long as it takes to go to sleep and get up. */
    private static final int SPINS = Runtime.getRuntime().availableProcessors() > 1 ? Sizes.of(50, 0) : 0;

    private final EventLoopWatchman watchman;

    private volatile @Nullable Thread holder;

    BatonTurns(EventLoopScheduler loop) {
        super(loop);
        this.watchman = new EventLoopWatchman(this);
    }

    @Override
    void begin() {
        give(watchman);
    }

    @Override
    @Nullable
    Thread holder() {
        var thread = holder;
        return thread == watchman.thread() ? null : thread;
    }

    @Override
    boolean isHeldHere() {
        return holder == Thread.currentThread();
    }

    @Override
    void wake() {
        LockSupport.unpark(watchman.thread());
    }

    @Override
    void prepare(Strand strand) {
        // its thread is made when its turn has come
    }

    @Override
    boolean begun(Strand self) {
        return awaitTurn(self, true);
    }

    @Override
    void passTo(Strand self, Strand strand) {
        give(strand);
        awaitTurn(self, true);
    }

    @Override
    void passAndWait(Strand self, boolean parks) {
        var next = nextOrWatchman();
        if (next == self) {
            count++;
        } else {
            var soonBack = !loop.isReady();
            give(next);
            awaitTurn(self, soonBack);
        }
    }

    @Override
    void pass() {
        give(nextOrWatchman());
    }

    @Override
    void moveOut(Strand self) {
        pass();
    }

    @Override
    void moveIn(Strand self, Object entry) {
        loop.send(entry);
        awaitTurn(self, true);
    }

    /** Passes the turn; and before, so that it is there in time, starts the thread of who comes after the next one. */
    void give(Strand strand) {
        count++;
        var upcoming = loop.upcoming();
        if (upcoming != null && upcoming.thread() == null) {
            try {
                startThread(upcoming);
            } catch (Throwable e) {
                // it is tried again when its turn has come
            }
        }
        for (var next = strand; !tryPassTo(next); ) {
            next = nextOrWatchman();
        }
    }

    private Strand nextOrWatchman() {
        var next = loop.next();
        return next == null ? watchman : next;
    }

    /** @return false if {@code strand} cannot be started: the turn is still here */
    private boolean tryPassTo(Strand strand) {
        var thread = strand.thread();
        if (thread != null) {
            hand(strand, thread);
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
        hand(strand, thread);
        return true;
    }

    private void hand(Strand strand, Thread thread) {
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

    /**
     * An interrupt does not stop a strand from waiting for its turn; it counts as an unpark, and the status is set
     * again once the turn has come. Stays awake for a moment if the turn {@code isNear}.
     *
     * @return false if the thread is not the strand's any more, as its start has failed
     */
    boolean awaitTurn(Strand self, boolean isNear) {
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
                loop.send(self);
            }
            spins = 0;
        }
        if (interrupted) {
            me.interrupt();
        }
        return true;
    }

    @Override
    String describe() {
        return "an event loop";
    }
}
