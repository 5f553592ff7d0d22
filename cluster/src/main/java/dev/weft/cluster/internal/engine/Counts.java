package dev.weft.cluster.internal.engine;

import dev.weft.cluster.CallOutcome;

/** Counts of the events since the node was opened. Guarded. */
final class Counts {
    long called;
    long sent;
    long ok;
    long failed;
    long cancelled;
    long expired;
    long lost;
    long retried;
    long rejected;
    long ran;
    long dropped;
    long refused;
    long refusedConnections;
    long suspicions;
    long bytesOut;
    long bytesIn;

    void ended(CallOutcome outcome) {
        switch (outcome) {
            case OK -> ok++;
            case FAILED -> failed++;
            case CANCELLED -> cancelled++;
            case EXPIRED -> expired++;
            case LOST -> lost++;
        }
    }
}
