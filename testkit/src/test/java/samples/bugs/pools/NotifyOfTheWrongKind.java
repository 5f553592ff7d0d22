package samples.bugs.pools;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weft.test.junit.SimulationTest;
import java.util.LinkedList;
import samples.bugs.Bug;

/** Borrowers and whoever waits for the pool to be idle share a monitor, and one notify may wake the wrong kind. */
@Bug(report = "apache/gravitino#4183", needs = Bug.Needs.BLOCKING, finding = "waits for a notify")
class NotifyOfTheWrongKind {

    private abstract static class ClientPool {
        private final LinkedList<String> clients = new LinkedList<>();
        private final int size;

        ClientPool(String... clients) {
            this.clients.addAll(java.util.List.of(clients));
            this.size = clients.length;
        }

        abstract void tell();

        synchronized String take() throws InterruptedException {
            while (clients.isEmpty()) {
                wait();
            }
            return clients.removeFirst();
        }

        synchronized void giveBack(String client) {
            clients.addLast(client);
            tell();
        }

        synchronized void awaitIdle() throws InterruptedException {
            while (clients.size() < size) {
                wait();
            }
        }
    }

    private static final class Broken extends ClientPool {
        Broken() {
            super("client");
        }

        @Override
        void tell() {
            notify();
        }
    }

    private static final class Mended extends ClientPool {
        Mended() {
            super("client");
        }

        @Override
        void tell() {
            notifyAll();
        }
    }

    private static void use(ClientPool pool) throws InterruptedException {
        var mine = pool.take();
        var waiter = Thread.ofVirtual().name("monitoring").start(() -> {
            try {
                pool.awaitIdle();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        var borrower = Thread.ofVirtual().name("borrower").start(() -> {
            try {
                pool.giveBack(pool.take());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Thread.sleep(5);
        pool.giveBack(mine);
        borrower.join();
        waiter.join();
        assertEquals("client", pool.take());
    }

    @SimulationTest(deep = true)
    void broken() throws Exception {
        use(new Broken());
    }

    @SimulationTest(deep = true)
    void mended() throws Exception {
        use(new Mended());
    }
}
