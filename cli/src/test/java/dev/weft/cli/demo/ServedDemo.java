package dev.weft.cli.demo;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** A demo server that serves while a test runs. */
public final class ServedDemo implements AutoCloseable {

    private final DemoServer server;
    private final Thread thread;
    private final List<Throwable> failures = new ArrayList<>();

    public ServedDemo() throws IOException {
        this(1);
    }

    public ServedDemo(int hosts) throws IOException {
        server = DemoServer.open(0, hosts);
        thread = Thread.ofPlatform().name("served-demo").start(() -> {
            try {
                server.serve();
            } catch (InterruptedException e) {
                // closed
            } catch (Throwable e) {
                failures.add(e);
            }
        });
    }

    public DemoServer server() {
        return server;
    }

    public DemoStatistics statistics() {
        return server.statistics();
    }

    /** A URL on the first host. */
    public String url(String pathAndQuery) {
        return url(0, pathAndQuery);
    }

    public String url(int host, String pathAndQuery) {
        return origin(host).resolve(pathAndQuery).toString();
    }

    public URI origin(int host) {
        return server.origins().get(host);
    }

    /** Waits until the server has read so many requests: only then does it matter that a client goes away. */
    public void awaitRequests(int count) {
        var end = System.nanoTime() + 60_000_000_000L;
        while (statistics().requests() < count) {
            if (System.nanoTime() > end) {
                throw new AssertionError("only " + statistics());
            }
            Thread.yield();
        }
    }

    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join();
        server.close();
        if (!failures.isEmpty()) {
            throw new AssertionError("the demo server failed", failures.getFirst());
        }
    }
}
