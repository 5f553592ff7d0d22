package samples.bugs.pools;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.test.junit.SimulationTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import samples.bugs.Bug;

/** A pool that fills up in the background is shut down: a connection that is made meanwhile stays open. */
@Bug(report = "brettwooldridge/HikariCP#229", needs = Bug.Needs.CALLS, finding = "still open")
class OpenedAfterTheEnd {

    enum State {
        RUNNING,
        CLOSED
    }

    private static final class Connection {
        private volatile boolean open = true;

        void close() {
            open = false;
        }
    }

    private static class Pool {
        final Set<Connection> bag = ConcurrentHashMap.newKeySet();
        volatile State state = State.RUNNING;

        void fill(List<Connection> driver) {
            switch (state) {
                case RUNNING -> {
                    var connection = new Connection();
                    driver.add(connection);
                    bag.add(connection);
                    added(connection);
                }
                case CLOSED -> {}
            }
        }

        void added(Connection connection) {}

        void shutdown() {
            state = State.CLOSED;
            bag.removeIf(connection -> {
                connection.close();
                return true;
            });
        }
    }

    private static final class Mended extends Pool {
        @Override
        void added(Connection connection) {
            if (state == State.CLOSED && bag.remove(connection)) {
                connection.close();
            }
        }
    }

    private static void startAndStop(Pool pool) {
        var made = new ArrayList<Connection>();
        try (var background = Executors.newVirtualThreadPerTaskExecutor()) {
            background.execute(() -> pool.fill(made));
            background.execute(pool::shutdown);
        }
        assertTrue(made.stream().noneMatch(connection -> connection.open), "still open");
    }

    @SimulationTest(deep = true)
    void broken() {
        startAndStop(new Pool());
    }

    @SimulationTest(deep = true)
    void mended() {
        startAndStop(new Mended());
    }
}
