package dev.weft.test;

import java.io.Serial;

/** Ends a thread of a simulation that is over, where going on would block it for ever. */
final class Abandoned extends Error {

    @Serial
    private static final long serialVersionUID = 1L;

    Abandoned() {
        super("the simulation is over", null, false, false);
    }
}
