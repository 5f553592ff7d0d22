package samples.bugs.locks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weft.test.junit.SimulationTest;
import java.util.ArrayDeque;
import java.util.Deque;
import samples.bugs.Bug;

/** A session closes its connection within its own monitor; the connection's listener wants the session's queue. */
@Bug(report = "igniterealtime/Openfire#2059", needs = Bug.Needs.LOCKS, finding = "waits for the monitor")
class ListenerUnderALock {

    private static final class Connection {
        private final Runnable listener;
        private boolean closed;

        Connection(Runnable listener) {
            this.listener = listener;
        }

        synchronized void close() {
            closed = true;
            listener.run();
        }
    }

    private static class Session {
        final Deque<Connection> queued = new ArrayDeque<>();
        int ended;

        class Closing implements Runnable {
            @Override
            public void run() {
                synchronized (Session.this) {
                    ended++;
                }
            }
        }

        Connection connect() {
            var connection = new Connection(this.new Closing());
            queued.add(connection);
            return connection;
        }

        synchronized void consume() {
            queued.pop().close();
        }
    }

    private static final class Mended extends Session {
        @Override
        void consume() {
            Connection next;
            synchronized (this) {
                next = queued.pop();
            }
            next.close();
        }
    }

    private static void closeFromBothSides(Session session) throws InterruptedException {
        var connection = session.connect();
        var peer = Thread.ofVirtual().name("peer").start(connection::close);
        session.consume();
        peer.join();
        assertEquals(2, session.ended);
    }

    @SimulationTest(deep = true)
    void broken() throws Exception {
        closeFromBothSides(new Session());
    }

    @SimulationTest(deep = true)
    void mended() throws Exception {
        closeFromBothSides(new Mended());
    }
}
