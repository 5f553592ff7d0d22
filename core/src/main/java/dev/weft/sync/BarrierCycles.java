package dev.weft.sync;

import java.util.concurrent.BrokenBarrierException;
import org.jspecify.annotations.Nullable;

/**
 * The meetings at a {@link Barrier}. One fills at a time; of those that are full there may be several from which some
 * have not gone on yet.
 */
final class BarrierCycles extends Guarded {

    /** One meeting, from when the first one comes until the last one has gone on. Guarded. */
    private static final class Cycle {
        final WaitQueue waiting = new WaitQueue("a barrier");
        int draining;
        boolean broken;

        /** In the list of those that drain, the last one first. */
        private @Nullable Cycle other;
    }

    private static final class Party extends WaitNode {
        private @Nullable Cycle cycle;
        private int place;
    }

    private final int parties;
    private @Nullable Cycle draining;
    private Cycle filling = new Cycle();
    private boolean aborted;

    BarrierCycles(int parties) {
        super(0);
        this.parties = parties;
    }

    int await() throws BrokenBarrierException, InterruptedException {
        checkpoint();
        var next = new Cycle();
        var self = new Party();
        boolean isLast;
        WaitNode.Rousing roused;
        var now = lock();
        try {
            if (aborted) {
                throw new BrokenBarrierException("the barrier has been aborted");
            }
            isLast = filling.waiting.size() == parties - 1;
            if (isLast) {
                fill(next);
            } else {
                self.cycle = filling;
                filling.waiting.add(self);
            }
            roused = takeRoused();
        } finally {
            word = now;
        }
        unpark(roused);
        if (isLast) {
            return parties - 1;
        }
        await(self);
        if (!self.isGranted() || goOn(self)) {
            throw new BrokenBarrierException("the barrier was reset or aborted");
        }
        return self.place;
    }

    /** The last party has come. With the lock held. */
    private void fill(Cycle next) {
        var cycle = filling;
        filling = next;
        for (var node = cycle.waiting.poll(); node != null; node = cycle.waiting.poll()) {
            ((Party) node).place = cycle.draining++;
            end(node, WaitNode.End.GRANTED);
        }
        if (cycle.draining > 0) {
            cycle.other = draining;
            draining = cycle;
        }
    }

    /** One leaves a meeting that was complete. @return whether it was broken since */
    private boolean goOn(Party self) {
        var now = lock();
        try {
            now = takeBack(now, self);
            return self.cycle != null && self.cycle.broken;
        } finally {
            word = now;
        }
    }

    void reset() {
        WaitNode.Rousing roused;
        var now = lock();
        try {
            if (draining == null) {
                endAll(filling.waiting, WaitNode.End.REFUSED);
            } else {
                breakDraining();
            }
            aborted = false;
            roused = takeRoused();
        } finally {
            word = now;
        }
        unpark(roused);
    }

    void abort() {
        WaitNode.Rousing roused;
        var now = lock();
        try {
            aborted = true;
            breakDraining();
            endAll(filling.waiting, WaitNode.End.REFUSED);
            roused = takeRoused();
        } finally {
            word = now;
        }
        unpark(roused);
    }

    private void breakDraining() {
        for (var cycle = draining; cycle != null; cycle = cycle.other) {
            cycle.broken = true;
        }
        draining = null;
    }

    Barrier.Snapshot snapshot() {
        var now = lock();
        try {
            var leaving = 0;
            for (var cycle = draining; cycle != null; cycle = cycle.other) {
                leaving += cycle.draining;
            }
            return new Barrier.Snapshot(parties, filling.waiting.size(), leaving, aborted, filling.waiting.names());
        } finally {
            word = now;
        }
    }

    @Override
    long takeBack(long now, WaitNode node) {
        var cycle = ((Party) node).cycle;
        if (cycle != null && --cycle.draining == 0) {
            forget(cycle);
        }
        return now;
    }

    private void forget(Cycle gone) {
        if (draining == gone) {
            draining = gone.other;
            return;
        }
        for (var cycle = draining; cycle != null; cycle = cycle.other) {
            if (cycle.other == gone) {
                cycle.other = gone.other;
            }
        }
    }

    @Override
    long serve(long now) {
        return now;
    }
}
