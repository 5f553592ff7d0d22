package dev.weft.internal.runtime;

import java.util.concurrent.locks.LockSupport;

/** Holds the turn of an event loop while nothing is ready, and wakes up for what comes from outside. */
final class EventLoopWatchman extends Strand {
    private final BatonTurns turns;
    private final EventLoopScheduler loop;

    EventLoopWatchman(BatonTurns turns) {
        super(turns.loop);
        this.turns = turns;
        this.loop = turns.loop;
    }

    @Override
    public String name() {
        return "weft-event-loop";
    }

    @Override
    protected void live() {
        if (!turns.begun(this)) {
            return;
        }
        for (; ; ) {
            var next = loop.next();
            if (next != null) {
                turns.give(next);
                turns.awaitTurn(this, true);
            } else if (turns.closed) {
                return;
            } else {
                sleep();
            }
        }
    }

    private void sleep() {
        turns.idle = true;
        if (loop.isInboxEmpty() && !turns.closed) {
            var nanos = loop.idleNanos();
            if (nanos == Scheduler.NEVER) {
                LockSupport.park();
            } else {
                LockSupport.parkNanos(nanos);
            }
        }
        turns.idle = false;
    }
}
