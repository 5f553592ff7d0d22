package samples.deep;

import dev.weft.Body;
import dev.weft.Weft;
import dev.weft.sync.Queue;
import dev.weft.test.junit.SimulationTest;
import java.util.ArrayList;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executors;

/** Each of some tasks takes a number from a queue of two places and puts the next one in: in Weft, and in the JDK. */
final class Relay {

    private Relay() {}

    static void inWeft(int tasks) throws Exception {
        var queue = new Queue<Integer>(2);
        queue.put(0);
        var bodies = new ArrayList<Body<Void, InterruptedException>>();
        for (var i = 0; i < tasks; i++) {
            bodies.add(() -> {
                queue.put(queue.get() + 1);
                return null;
            });
        }
        Weft.gather(bodies);
    }

    static void inTheJdk(int threads) throws Exception {
        var queue = new ArrayBlockingQueue<Integer>(2);
        queue.put(0);
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < threads; i++) {
                pool.submit(() -> {
                    queue.put(queue.take() + 1);
                    return null;
                });
            }
        }
    }

    /** As tests, so that they can be rewritten. */
    static final class Tests {

        @SimulationTest(deep = true)
        void six() throws Exception {
            inTheJdk(6);
        }

        @SimulationTest(deep = true)
        void thousand() throws Exception {
            inTheJdk(1_000);
        }
    }
}
