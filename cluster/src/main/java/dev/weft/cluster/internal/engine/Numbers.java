package dev.weft.cluster.internal.engine;

import dev.weft.cluster.Workers.Snapshot;

/** The counts of a node since it was opened, and the calls that are under way. With the lock held. */
final class Numbers {

    private Numbers() {}

    static Snapshot of(NodeState node, Callers callers, Credits credits, Serving serving) {
        var counts = node.counts;
        return new Snapshot(
                counts.called,
                counts.ok,
                counts.failed,
                counts.cancelled,
                counts.expired,
                counts.lost,
                counts.sent,
                counts.retried,
                counts.rejected,
                counts.ran,
                counts.dropped,
                counts.refused,
                counts.refusedConnections,
                counts.suspicions,
                counts.bytesOut,
                counts.bytesIn,
                callers.calling(),
                callers.open(),
                credits.waiting(),
                credits.free(),
                serving.running(),
                node.roundTrips.read());
    }
}
