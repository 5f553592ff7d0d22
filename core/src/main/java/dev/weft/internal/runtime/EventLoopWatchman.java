package dev.weft.internal.runtime;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Holds the turn of an event loop while nothing is ready, and wakes up for what comes from outside. */
final class EventLoopWatchman extends Strand {
    private final EventLoopScheduler loop;

    /** What other threads than the holder of the turn have sent. */
    private final ConcurrentLinkedQueue<Object> inbox = new ConcurrentLinkedQueue<>();

    private volatile boolean idle;
    private volatile boolean closed;

    EventLoopWatchman(EventLoopScheduler loop) {
        super(loop);
        this.loop = loop;
    }

    @Override
    public String name() {
        return "weft-event-loop";
    }

    /** Any thread. */
    void send(Object entry) {
        Memory.insistOn(inbox, entry, ConcurrentLinkedQueue::add); // as the JDK's own unparks are not lost
        if (idle) {
            LockSupport.unpark(thread());
        }
    }

    /** What was sent first; null if there is nothing. For the holder of the turn. */
    @Nullable
    Object poll() {
        return inbox.poll();
    }

    /** The loop ends once nothing is ready. Any thread. */
    void close() {
        closed = true;
        LockSupport.unpark(thread());
    }

    @Override
    protected void live() {
        if (!loop.begun(this)) {
            return;
        }
        for (; ; ) {
            var next = loop.next();
            if (next != null) {
                loop.give(next);
                loop.awaitTurn(this, true);
            } else if (closed) {
                return;
            } else {
                sleep();
            }
        }
    }

    private void sleep() {
        idle = true;
        if (inbox.isEmpty() && !closed) {
            var nanos = loop.idleNanos();
            if (nanos == Scheduler.NEVER) {
                LockSupport.park();
            } else {
                LockSupport.parkNanos(nanos);
            }
        }
        idle = false;
    }
}
