package dev.weft;

import dev.weft.internal.runtime.Scheduler;
import dev.weft.internal.runtime.TimerHandle;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A scheduler that leaves all to another one, and knows how many timers have been set and neither gone off nor been
 * taken back.
 */
final class TimerCountingScheduler extends ForwardingScheduler {

    private final AtomicInteger set = new AtomicInteger();
    private final AtomicInteger standing = new AtomicInteger();

    TimerCountingScheduler(Scheduler scheduler) {
        super(scheduler);
    }

    /** How many timers were ever set. */
    int set() {
        return set.get();
    }

    /** How many timers stand now. */
    int standing() {
        return standing.get();
    }

    @Override
    public TimerHandle schedule(long deadlineNanos, Runnable action) {
        set.incrementAndGet();
        standing.incrementAndGet();
        var over = new AtomicBoolean();
        var timer = scheduler.schedule(deadlineNanos, () -> {
            countDown(over);
            action.run();
        });
        return () -> {
            countDown(over);
            timer.cancel();
        };
    }

    private void countDown(AtomicBoolean over) {
        if (over.compareAndSet(false, true)) {
            standing.decrementAndGet();
        }
    }
}
