package dev.weft.cli;

import static dev.weft.Weft.timeout;

import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;

/**
 * Fetches a URL: finds the host, sends, follows redirects, reads the body to its end; all of it under one limit. The
 * JDK's client is used for one exchange at a time and for nothing else: its own limits and redirects know nothing of
 * ours.
 *
 * <p>Thread-safe.
 */
final class Fetcher implements AutoCloseable {

    private final Request request;
    private final Duration limit;
    private final HostNames hostNames;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client = HttpClient.newBuilder()
            .executor(executor)
            .followRedirects(HttpClient.Redirect.NEVER)
            .sslContext(LazyTls.context())
            .sslParameters(LazyTls.parameters())
            .build();

    /** What waits for a host to be known: a {@link Resolver}. */
    @FunctionalInterface
    interface HostNames {
        /** Waits for it. */
        void resolve(String host) throws UnknownHostException, InterruptedException;
    }

    Fetcher(Request request, Duration limit, HostNames hostNames) {
        this.request = request;
        this.limit = limit;
        this.hostNames = hostNames;
    }

    /**
     * Fetches one URL.
     *
     * <p><b>Blocking:</b> until it has been read, something has gone wrong, or the limit has passed.
     * <b>Cancellation:</b> a cancellation point; the connection is closed.
     *
     * @param exchange told how far this has come
     */
    Outcome fetch(URI uri, Exchange exchange) throws InterruptedException {
        try {
            return timeout(limit, () -> follow(uri, exchange));
        } catch (TimeoutException e) {
            return new Outcome.TimedOut(exchange.phase(), limit);
        } catch (IOException e) {
            return Causes.of(e, exchange.phase());
        } catch (RuntimeException e) {
            return Causes.internal(e);
        }
    }

    private Outcome follow(URI first, Exchange exchange) throws IOException, InterruptedException {
        var redirects = new Redirects(first);
        var uri = first;
        var method = request.method();
        while (true) {
            exchange.enter(Phase.LOOKUP);
            hostNames.resolve(uri.getHost());
            exchange.enter(Phase.ANSWER);
            var response = client.send(request.method(method).to(uri, redirects.isSameOrigin(uri)), head -> {
                exchange.enter(Phase.BODY);
                return new CountingBody(exchange);
            });
            switch (redirects.after(response, method)) {
                case Redirects.Done done -> {
                    var status = response.statusCode();
                    return status >= 200 && status <= 299 ? new Outcome.Ok(status) : new Outcome.Failed(status);
                }
                case Redirects.Refuse(var why) -> {
                    return new Outcome.Broken(ErrorKind.REDIRECT, why);
                }
                case Redirects.Follow(var to, var newMethod) -> {
                    exchange.redirect(to);
                    uri = to;
                    method = newMethod;
                }
            }
        }
    }

    /** Closes all connections. Does not wait for what is still in the client's own threads: nothing of ours is. */
    @Override
    public void close() {
        client.shutdownNow();
        executor.shutdownNow();
    }
}
