package dev.weft.internal.run;

import dev.weft.Deadline;
import dev.weft.internal.api.Api;
import dev.weft.internal.runtime.Memory;
import dev.weft.internal.task.Awaitable;
import dev.weft.internal.task.StructuredStrand;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whether an executor takes tasks, and how many callers are handing one over. It is ready when no task is taken any
 * more and no caller is handing one over: from then on its tasks only become fewer.
 */
final class Intake implements Awaitable {

    private static final int SHUT = 1;
    private static final int ONE = 2;

    private final RunScope run;

    /** Twice the number of callers, and {@link #SHUT}. */
    private final AtomicInteger word = new AtomicInteger();

    private final Set<StructuredStrand> waiters = ConcurrentHashMap.newKeySet();

    Intake(RunScope run) {
        this.run = run;
    }

    /** The calling thread hands a task over, until it calls {@link #leave}. @return false if none is taken any more */
    boolean enter() {
        int now;
        do {
            now = word.get();
            if (isShut()) {
                return false;
            }
        } while (!word.compareAndSet(now, now + ONE));
        return true;
    }

    void leave() {
        word.addAndGet(-ONE);
        wakeIfReady();
    }

    void shut() {
        word.getAndUpdate(now -> now | SHUT);
        wakeIfReady();
    }

    /** Whether no task is taken any more. */
    boolean isShut() {
        return (word.get() & SHUT) != 0 || run.isReady();
    }

    private void wakeIfReady() {
        if (isReady()) {
            Memory.insistOn(
                    waiters, all -> all.forEach(waiter -> waiter.scheduler().unpark(waiter)));
        }
    }

    /** Waits until this is ready. @return false if {@code deadline} comes before */
    boolean await(Deadline deadline) throws InterruptedException {
        var self = StructuredStrand.current();
        waiters.add(self);
        try {
            run.unparkAtEnd(self);
            return self.waitFor(this, Api.nanos(deadline));
        } finally {
            run.unparkNoMore(self);
            waiters.remove(self);
        }
    }

    @Override
    public boolean isReady() {
        return isShut() && word.get() <= SHUT;
    }

    @Override
    public String toString() {
        return "an executor to be shut down";
    }
}
