package dev.weft;

import dev.weft.runtime.Scheduler;
import dev.weft.runtime.Strand;
import dev.weft.runtime.TimerHandle;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A scheduler that leaves all to another one, and knows how many timers have been set and neither gone off nor been
 * taken back.
 */
final class TimerCountingScheduler extends Scheduler {

    private final Scheduler scheduler;
    private final AtomicInteger set = new AtomicInteger();
    private final AtomicInteger standing = new AtomicInteger();

    TimerCountingScheduler(Scheduler scheduler) {
        this.scheduler = scheduler;
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

    @Override
    public void start(Strand strand) {
        scheduler.start(strand);
    }

    @Override
    public void park(Strand self, long deadlineNanos) {
        scheduler.park(self, deadlineNanos);
    }

    @Override
    public void unpark(Strand strand) {
        scheduler.unpark(strand);
    }

    @Override
    public void yieldTurn(Strand self) {
        scheduler.yieldTurn(self);
    }

    @Override
    public void exit(Strand self) {
        scheduler.exit(self);
    }

    @Override
    public void startEagerly(Strand self, Strand strand) {
        scheduler.startEagerly(self, strand);
    }

    @Override
    public void leave(Strand self) {
        scheduler.leave(self);
    }

    @Override
    public void enter(Strand self) {
        scheduler.enter(self);
    }

    @Override
    public void soon(Runnable action) {
        scheduler.soon(action);
    }

    @Override
    public long nanoTime() {
        return scheduler.nanoTime();
    }

    @Override
    public boolean takesTurns() {
        return scheduler.takesTurns();
    }
}
