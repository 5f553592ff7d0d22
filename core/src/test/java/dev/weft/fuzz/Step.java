package dev.weft.fuzz;

import dev.weft.Body;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One step of a body.
 *
 * @param depth how deep the bodies stand that it starts
 * @param counts whether the failures of these must be seen
 */
record Step(Program program, Random random, int depth, boolean counts) {

    Body<Integer, Exception> body() {
        return program.body(random, depth, counts);
    }

    /** A body whose failures need not be seen. */
    Body<Integer, Exception> mute() {
        return program.body(random, depth, false);
    }

    List<Body<Integer, Exception>> bodies() {
        var bodies = new ArrayList<Body<Integer, Exception>>();
        for (var left = random.nextInt(4); left > 0; left--) {
            bodies.add(body());
        }
        return bodies;
    }

    /** What throws where Weft calls something of a user's. */
    Runnable breaks() {
        return () -> {
            var failure = new IllegalStateException("a user's object throws");
            throw counts ? program.ledger.thrown(failure) : failure;
        };
    }

    Duration soon() {
        return Program.soon(random);
    }

    int pick(int bound) {
        return random.nextInt(bound);
    }

    void seen(Throwable exception) {
        program.ledger.seen(exception);
    }
}
