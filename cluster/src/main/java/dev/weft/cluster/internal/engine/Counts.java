package dev.weft.cluster.internal.engine;

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
}
