package dev.weft.cli.http;

import java.net.http.HttpClient;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The client, and the one after it: who must not be given a connection that was kept gets a client that has none. The
 * old one is closed when its last request has ended. Thread-safe.
 */
final class Clients implements AutoCloseable {

    private final Supplier<HttpClient> maker;
    private final Set<Lease> open = new HashSet<>();
    private Lease current;

    Clients(Supplier<HttpClient> maker) {
        this.maker = maker;
        this.current = new Lease(maker.get());
        open.add(current);
    }

    /** A client, and how many requests it has under way. */
    static final class Lease {
        private final HttpClient client;
        private int users;

        private Lease(HttpClient client) {
            this.client = client;
        }

        HttpClient client() {
            return client;
        }
    }

    /** The newest; to be given back. */
    synchronized Lease take() {
        current.users++;
        return current;
    }

    synchronized void giveBack(Lease lease) {
        lease.users--;
        retire(lease);
    }

    /** The next that are taken are of a client that had no connection when this one failed. */
    synchronized void renew(Lease failed) {
        if (failed == current) {
            current = new Lease(maker.get());
            open.add(current);
            retire(failed);
        }
    }

    private void retire(Lease lease) {
        if (lease != current && lease.users == 0 && open.remove(lease)) {
            lease.client.shutdownNow();
        }
    }

    /** Closes all connections, and waits for nothing. */
    @Override
    public synchronized void close() {
        open.forEach(lease -> lease.client.shutdownNow());
    }
}
