package dev.weft.benchmarks;

import java.time.Duration;

/**
 * How far apart the two cores are that a word has to travel between. A virtual machine's cores are where its host puts
 * them, and anew whenever one of them was idle: two neighbours, or the far ends of the chip, where every word that two
 * threads share costs several times as much. Samples of the one kind say nothing beside samples of the other.
 */
public final class Cores {

    /** The system property with the longest round trip, in nanoseconds, of cores that are near. Without it, any are. */
    public static final String NEAR_PROPERTY = "weft.benchmarks.near";

    /** The figure that is reported for each iteration: the longer of the round trips before and after it. */
    public static final String METRIC = "cores";

    private static final int BATCHES = 20;
    private static final int TRIPS = 500;
    private static final int MOST_TRIES = 40;
    private static final Duration REST = Duration.ofMillis(50);

    private volatile int word;

    private Cores() {}

    /** Whether the distance is one figure: with more cores than two, it is that of whichever two are asked. */
    public static boolean areTwo() {
        return Runtime.getRuntime().availableProcessors() == 2;
    }

    /** How long a word takes from one thread to another and back, in nanoseconds: the best of some batches. */
    public static double roundTripNanos() throws InterruptedException {
        return new Cores().measure();
    }

    private double measure() throws InterruptedException {
        var answerer = Thread.ofPlatform().daemon().name("far core").start(() -> {
            for (var trip = 0; trip < BATCHES * TRIPS; trip++) {
                awaitWord(2 * trip + 1);
                word = 2 * trip + 2;
            }
        });
        var best = Double.MAX_VALUE;
        var trip = 0;
        for (var batch = 0; batch < BATCHES; batch++) {
            var begun = System.nanoTime();
            for (var last = trip + TRIPS; trip < last; trip++) {
                word = 2 * trip + 1;
                awaitWord(2 * trip + 2);
            }
            best = Math.min(best, (double) (System.nanoTime() - begun) / TRIPS);
        }
        answerer.join();
        return best;
    }

    private void awaitWord(int expected) {
        for (var looks = 1; word != expected; looks++) {
            if (looks % 100_000 == 0) {
                Thread.yield(); // both threads on one core
            }
        }
    }

    /** The round trip after both cores were idle for a moment, and may have found new places. */
    public static double roundTripNanosAfterRest() throws InterruptedException {
        Thread.sleep(REST);
        return roundTripNanos();
    }

    /**
     * Returns when the cores are near, or after some seconds in which they never were.
     *
     * @return the last round trip, in nanoseconds
     */
    static double awaitNear(double nearNanos) throws InterruptedException {
        var distance = roundTripNanos();
        for (var tries = 1; distance > nearNanos && tries < MOST_TRIES; tries++) {
            distance = roundTripNanosAfterRest();
        }
        return distance;
    }
}
