package dev.weft.sync;

import java.util.LinkedHashSet;
import java.util.concurrent.BrokenBarrierException;

/**
 * The meetings at a {@link Barrier}. One fills at a time; of those that are full there may be several from which some
 * have not gone on yet.
 */
final class BarrierCycles extends Guarded {

    /** One meeting, from when the first one comes until the last one has gone on. Guarded. */
    private static final class Cycle {
        final WaitList waiting = new WaitList("a barrier");
        int draining;
        boolean broken;
    }

    private static final class Party extends WaitNode {
        private final Cycle cycle;
        private int place;

        Party(Cycle cycle) {
            this.cycle = cycle;
        }
    }

    private final int parties;
    private final LinkedHashSet<Cycle> draining = new LinkedHashSet<>();
    private Cycle filling = new Cycle();
    private boolean aborted;

    BarrierCycles(int parties) {
        super(0);
        this.parties = parties;
    }

    int await() throws BrokenBarrierException, InterruptedException {
        checkpoint();
        var now = lock();
        if (aborted) {
            unlock(now);
            throw new BrokenBarrierException("the barrier has been aborted");
        }
        if (filling.waiting.size() == parties - 1) {
            fill();
            unlock(now);
            return parties - 1;
        }
        var self = new Party(filling);
        filling.waiting.add(self);
        unlock(now);
        await(self);
        if (!self.isGranted() || goOn(self)) {
            throw new BrokenBarrierException("the barrier was reset or aborted");
        }
        return self.place;
    }

    /** The last party has come. With the lock held. */
    private void fill() {
        var cycle = filling;
        filling = new Cycle();
        for (var node = cycle.waiting.poll(); node != null; node = cycle.waiting.poll()) {
            ((Party) node).place = cycle.draining++;
            end(node, WaitNode.End.GRANTED);
        }
        if (cycle.draining > 0) {
            draining.add(cycle);
        }
    }

    /** One leaves a meeting that was complete. @return whether it was broken since */
    private boolean goOn(Party self) {
        var now = lock();
        takeBack(now, self);
        unlock(now);
        return self.cycle.broken;
    }

    void reset() {
        var now = lock();
        if (draining.isEmpty()) {
            endAll(filling.waiting, WaitNode.End.REFUSED);
        } else {
            breakDraining();
        }
        aborted = false;
        unlock(now);
    }

    void abort() {
        var now = lock();
        aborted = true;
        breakDraining();
        endAll(filling.waiting, WaitNode.End.REFUSED);
        unlock(now);
    }

    private void breakDraining() {
        draining.forEach(cycle -> cycle.broken = true);
        draining.clear();
    }

    Barrier.Snapshot snapshot() {
        var now = lock();
        var leaving = draining.stream().mapToInt(cycle -> cycle.draining).sum();
        var snapshot = new Barrier.Snapshot(parties, filling.waiting.size(), leaving, aborted, filling.waiting.names());
        unlock(now);
        return snapshot;
    }

    @Override
    long takeBack(long now, WaitNode node) {
        var cycle = ((Party) node).cycle;
        if (--cycle.draining == 0) {
            draining.remove(cycle);
        }
        return now;
    }

    @Override
    long serve(long now) {
        return now;
    }
}
