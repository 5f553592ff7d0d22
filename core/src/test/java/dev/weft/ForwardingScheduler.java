package dev.weft;

import dev.weft.internal.runtime.Scheduler;
import dev.weft.internal.runtime.Strand;
import dev.weft.internal.runtime.TimerHandle;
import java.util.random.RandomGenerator;

/** Leaves everything to another scheduler, but for what a subclass does itself. */
public abstract class ForwardingScheduler extends Scheduler {

    protected final Scheduler scheduler;

    protected ForwardingScheduler(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    @Override
    public TimerHandle schedule(long deadlineNanos, Runnable action) {
        return scheduler.schedule(deadlineNanos, action);
    }

    @Override
    public void start(Strand strand) {
        scheduler.start(strand);
    }

    @Override
    public void startEagerly(Strand self, Strand strand) {
        scheduler.startEagerly(self, strand);
    }

    @Override
    public boolean begun(Strand self) {
        return scheduler.begun(self);
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
    public RandomGenerator random() {
        return scheduler.random();
    }

    @Override
    public boolean takesTurns() {
        return scheduler.takesTurns();
    }

    @Override
    public void outsideBegan() {
        scheduler.outsideBegan();
    }

    @Override
    public void outsideEnded() {
        scheduler.outsideEnded();
    }
}
