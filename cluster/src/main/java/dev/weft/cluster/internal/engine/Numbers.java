package dev.weft.cluster.internal.engine;

/** The counts of a node since it was opened, and the calls that are under way. */
public record Numbers(
        long called,
        long sent,
        long ok,
        long failed,
        long cancelled,
        long expired,
        long lost,
        long retried,
        long rejected,
        long ran,
        long dropped,
        long refused,
        long strangers,
        int calling,
        int open,
        int waiting,
        int running) {

    static Numbers of(NodeState node, Callers callers, Credits credits, Serving serving) {
        var counts = node.counts;
        return new Numbers(
                counts.called,
                counts.sent,
                counts.ok,
                counts.failed,
                counts.cancelled,
                counts.expired,
                counts.lost,
                counts.retried,
                counts.rejected,
                counts.ran,
                counts.dropped,
                counts.refused,
                node.transport.refused(),
                callers.calling(),
                callers.open(),
                credits.waiting(),
                serving.running());
    }
}
