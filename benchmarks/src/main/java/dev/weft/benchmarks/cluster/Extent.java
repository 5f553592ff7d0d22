package dev.weft.benchmarks.cluster;

/**
 * How much is measured.
 *
 * @param rounds how often each peer has its turn at the calls, each time in new processes
 * @param warmUps round trips that do not count
 * @param trips round trips of 100 bytes that count; of larger ones it is a part
 * @param warmBatches batches of 10,000 calls that do not count
 * @param batches those that count
 * @param losses how often a member is killed, frozen and so on
 */
record Extent(int rounds, int warmUps, int trips, int warmBatches, int batches, int losses) {

    static final Extent FULL = new Extent(2, 10_000, 3_000, 6, 5, 3);
    static final Extent QUICK = new Extent(1, 3_000, 1_000, 3, 2, 1);

    /** The numbers of calls in a batch, and of those at the same time. */
    static final int BATCH = 10_000;

    static final int IN_FLIGHT = 1_000;
    static final int CANCELS = 1_000;
}
