package dev.weft.cluster.internal.engine;

import java.util.UUID;

/** The identity of one incarnation of a member. Sorted by the number, which has no meaning. */
public record PeerId(long high, long low) implements Comparable<PeerId> {

    @Override
    public int compareTo(PeerId other) {
        var byHigh = Long.compare(high, other.high);
        return byHigh != 0 ? byHigh : Long.compare(low, other.low);
    }

    @Override
    public String toString() {
        return new UUID(high, low).toString();
    }
}
