package dev.weft.internal.runtime;

import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * The order of an event loop, which is asyncio's: a round runs what was ready at its start. Then what came from outside
 * is taken in, and the timers that are due, by deadline.
 *
 * <p>All but the inbox is for the holder of the turn.
 */
final class Rounds {

    private final EventLoopScheduler loop;
    private final ReadyQueue ready = new ReadyQueue();
    private final LoopTimers timers = new LoopTimers();

    /** Strands, timers and actions sent by threads other than the holder of the turn. */
    private final ConcurrentLinkedQueue<Object> inbox = new ConcurrentLinkedQueue<>();

    private int leftInRound;

    Rounds(EventLoopScheduler loop) {
        this.loop = loop;
    }

    /** A strand that is new, or back from outside, and waits for its turn in the order of its coming. */
    record Entering(Strand strand) {}

    /** Puts an entry into the inbox. Any thread. */
    void send(Object entry) {
        Memory.insistOn(inbox, entry, ConcurrentLinkedQueue::add); // as the JDK's own unparks are not lost
    }

    /** Whether nothing has come from outside that has not been taken in. Any thread. */
    boolean isInboxEmpty() {
        return inbox.isEmpty();
    }

    boolean isReady() {
        return !ready.isEmpty();
    }

    /** Adds a strand, an {@link Entering} one or an action, which comes in the next round. */
    void add(Object entry) {
        ready.add(entry);
    }

    /** Adds a strand that comes next in this round. */
    void addFirst(Strand strand) {
        ready.addFirst(strand);
        leftInRound++;
    }

    void schedule(LoopTimers.Entry timer) {
        timers.add(timer);
    }

    /** Makes a strand ready, or gives it the permit if it is not parked. */
    void resume(Strand strand) {
        if (strand.parked) {
            strand.parked = false;
            add(strand);
        } else {
            strand.permit = true;
        }
    }

    /** Counts a timer that was cancelled. */
    void timerCancelled() {
        timers.oneCancelled();
    }

    /** When the next timer is due, or {@link Scheduler#NEVER}. */
    long nextDeadline() {
        return timers.nextDeadline();
    }

    /** The strand that will probably have the turn after the next one; null if unknown. */
    @Nullable
    Strand upcoming() {
        return ready.peek() instanceof Entering(var strand) ? strand : null;
    }

    /** The next strand to run, or null if nothing is ready. Runs the actions that come before it. */
    @Nullable
    Strand next() {
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

    /** An exception of an action must not keep the turn from being passed on. */
    private static void act(Runnable action) {
        try {
            action.run();
        } catch (Throwable e) {
            var thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        }
    }

    private void takeInbox() {
        for (var entry = inbox.poll(); entry != null; entry = inbox.poll()) {
            switch (entry) {
                case Strand strand -> resume(strand);
                case LoopTimers.Entry timer -> Memory.insistOn(timers, timer, LoopTimers::add);
                default -> ready.add(entry);
            }
        }
    }

    private void takeDueTimers() {
        if (timers.first() != null) {
            var now = loop.nanoTime();
            for (var timer = timers.pollDue(now); timer != null; timer = timers.pollDue(now)) {
                ready.add(timer);
            }
        }
    }
}
