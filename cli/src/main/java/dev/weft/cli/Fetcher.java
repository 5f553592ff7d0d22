package dev.weft.cli;

import static dev.weft.Weft.timeout;

import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Fetches a URL: finds the host, sends, follows redirects, reads the body to its end and to its place; all of it under
 * one limit.
 *
 * <p>Thread-safe.
 */
final class Fetcher implements AutoCloseable {

    private final Request request;
    private final Limits limits;
    private final StatusSet accepted;
    private final Transport transport;
    private final @Nullable Downloads downloads;
    private final HostNames hostNames;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client;

    /** What waits for a host to be known: a {@link Resolver}. */
    @FunctionalInterface
    interface HostNames {
        /** Waits for it. */
        void resolve(String host) throws UnknownHostException, InterruptedException;
    }

    /**
     * Nothing is fetched yet.
     *
     * @param downloads where bodies are kept, or null if they are not
     */
    Fetcher(FetchOptions options, @Nullable Downloads downloads, HostNames hostNames) {
        this.request = options.request();
        this.limits = options.limits();
        this.accepted = options.accepted();
        this.transport = options.transport();
        this.downloads = downloads;
        this.hostNames = hostNames;
        this.client = transport.client(executor);
    }

    /**
     * Tries to fetch one URL.
     *
     * <p><b>Blocking:</b> until it has been read, something has gone wrong, or the limit has passed.
     * <b>Cancellation:</b> a cancellation point; the connection is closed, and of the body nothing is left.
     *
     * @param exchange told how far this has come
     */
    Attempt fetch(URI uri, Exchange exchange) throws InterruptedException {
        exchange.restart();
        var save = downloads == null ? null : downloads.of(uri);
        try (save) {
            return timeout(limits.timeout(), () -> fetch(uri, exchange, save));
        } catch (TimeoutException e) {
            return Attempt.of(new Outcome.TimedOut(exchange.phase(), limits.timeout()));
        } catch (IOException e) {
            var at = exchange.redirects().isEmpty() ? uri : exchange.redirects().getLast();
            return Attempt.of(transport.blame(at, Causes.of(e, exchange.phase())));
        } catch (RuntimeException e) {
            return Attempt.of(Causes.internal(e));
        }
    }

    private Attempt fetch(URI uri, Exchange exchange, @Nullable Download save)
            throws IOException, InterruptedException {
        var attempt = mayGetInstead() ? head(uri, exchange) : null;
        if (attempt == null) {
            var method = mayGetInstead() ? "GET" : request.method();
            attempt = follow(uri, method, exchange, save == null ? BodySink.NOWHERE : save);
        }
        if (save != null && attempt.outcome() instanceof Outcome.Ok) {
            exchange.saved(save.keep());
        }
        return attempt;
    }

    private boolean mayGetInstead() {
        return request.getIfHeadFails() && request.method().equals("HEAD");
    }

    /** Asks by HEAD; null if a GET may do better: there are servers that answer only that. */
    private @Nullable Attempt head(URI uri, Exchange exchange) throws IOException, InterruptedException {
        String why;
        try {
            var attempt = follow(uri, "HEAD", exchange, BodySink.NOWHERE);
            if (!(attempt.outcome() instanceof Outcome.Failed(var status)) || isAboutTheClient(status)) {
                return attempt;
            }
            why = "status " + status;
        } catch (IOException e) {
            if (Causes.of(e, exchange.phase()).kind() != ErrorKind.IO) {
                throw e;
            }
            why = "no answer";
        }
        exchange.restart();
        exchange.note("GET, after HEAD got " + why);
        return null;
    }

    /** A GET would be told the same: redirects that are not followed, who one is, too much asked, gone for ever. */
    private static boolean isAboutTheClient(int status) {
        return status < 400 || status == 401 || status == 407 || status == 410 || status == 429;
    }

    private Attempt follow(URI first, String firstMethod, Exchange exchange, BodySink sink)
            throws IOException, InterruptedException {
        var redirects = new Redirects(first, limits.maxRedirects());
        var uri = first;
        var method = firstMethod;
        while (true) {
            exchange.enter(Phase.LOOKUP);
            hostNames.resolve(transport.hostToFind(uri));
            exchange.enter(Phase.ANSWER);
            var step = new AtomicReference<Redirects.@Nullable Step>();
            var from = uri;
            var asked = method;
            var response = client.send(request.method(method).to(uri, redirects.isSameOrigin(uri)), head -> {
                exchange.enter(Phase.BODY);
                var next = redirects.after(from, head, asked);
                step.set(next);
                return body(head, next, exchange, sink);
            });
            switch (step.get()) {
                case Redirects.Refuse(var why) -> {
                    return Attempt.of(new Outcome.Broken(ErrorKind.REDIRECT, why));
                }
                case Redirects.Follow(var to, var newMethod) -> {
                    exchange.redirect(to);
                    uri = to;
                    method = newMethod;
                }
                case Redirects.Done _ -> {
                    return answered(response);
                }
                case null -> throw new IllegalStateException("an answer without a head");
            }
        }
    }

    /** How to read what follows the head: what is wanted, to its end; of what is not, the end does not matter. */
    private HttpResponse.BodySubscriber<Long> body(
            HttpResponse.ResponseInfo head, Redirects.Step step, Exchange exchange, BodySink sink) {
        var wanted = step instanceof Redirects.Done && accepted.contains(head.statusCode());
        if (mayGetInstead() && wanted) {
            return BodyReader.refuse(null);
        }
        var length = head.headers().firstValueAsLong("Content-Length").orElse(0);
        if (wanted && length > limits.maxBytes() && !request.method().equals("HEAD")) {
            return BodyReader.refuse(TooLargeException.announced(length, limits.maxBytes()));
        }
        return wanted ? BodyReader.wanted(exchange, sink, limits.maxBytes()) : BodyReader.unwanted(exchange);
    }

    private Attempt answered(HttpResponse<Long> response) {
        var status = response.statusCode();
        if (accepted.contains(status)) {
            return Attempt.of(new Outcome.Ok(status));
        }
        return new Attempt(new Outcome.Failed(status), RetryAfter.of(response.headers(), Instant.now()));
    }

    /** Closes all connections. Does not wait for what is still in the client's own threads: nothing of ours is. */
    @Override
    public void close() {
        client.shutdownNow();
        executor.shutdownNow();
    }
}
