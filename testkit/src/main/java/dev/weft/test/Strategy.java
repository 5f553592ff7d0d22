package dev.weft.test;

/** The ways in which {@link Simulation#explore} draws schedules from seeds. */
public enum Strategy {

    /** Draws each turn from the ready tasks. Finds most bugs soonest. */
    RANDOM {
        @Override
        Schedule schedule(long seed, int length) {
            return Schedule.random(seed);
        }
    },

    /**
     * Random priorities that change at few points (probabilistic concurrency testing). Finds bugs that need one task to
     * stay behind for long.
     */
    PCT {
        @Override
        Schedule schedule(long seed, int length) {
            return Schedule.priorities(seed, 1 + Math.floorMod(seed, MAX_DEPTH), length);
        }
    },

    /** A random priority for each turn that comes up (partial-order sampling). Between the other two. */
    POS {
        @Override
        Schedule schedule(long seed, int length) {
            return Schedule.partialOrder(seed);
        }
    };

    private static final int MAX_DEPTH = 4;

    /** @param length how many turns an earlier execution had */
    abstract Schedule schedule(long seed, int length);
}
