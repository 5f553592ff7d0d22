package dev.weft.cli;

import static dev.weft.Weft.timeout;

import dev.weft.Body;
import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;

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
    private final Predicate<URI> isNamed;
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

    /**
     * Nothing is fetched yet.
     *
     * @param limit to each fetch
     * @param isNamed whether the user has named the server of a URL, so that it may have the credentials
     */
    Fetcher(Request request, Duration limit, HostNames hostNames, Predicate<URI> isNamed) {
        this.request = request;
        this.limit = limit;
        this.hostNames = hostNames;
        this.isNamed = isNamed;
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
        return limited(
                exchange,
                () -> {
                    var status = follow(uri, request.method(), exchange, _ -> new CountingBody(exchange))
                            .statusCode();
                    return isOk(status) ? new Outcome.Ok(status) : new Outcome.Failed(status);
                },
                outcome -> outcome);
    }

    /**
     * Reads one page to look at what is in it.
     *
     * <p><b>Blocking:</b> until it is there, something has gone wrong, or the limit has passed. <b>Cancellation:</b> a
     * cancellation point; the connection is closed.
     *
     * @param maxBytes what a longer one has beyond this is not read, and it is missing
     * @param exchange told how far this has come
     */
    Page read(URI uri, int maxBytes, Exchange exchange) throws InterruptedException {
        return limited(
                exchange,
                () -> {
                    var response = follow(
                            uri,
                            "GET",
                            exchange,
                            head -> isOk(head.statusCode())
                                    ? new KeptBody(exchange, maxBytes)
                                    : BodySubscribers.mapping(new CountingBody(exchange), _ -> Optional.empty()));
                    if (!isOk(response.statusCode())) {
                        return new Page.Missing(new Outcome.Failed(response.statusCode()));
                    }
                    var type = response.headers().firstValue("Content-Type").orElse(null);
                    return response.body()
                            .<Page>map(bytes -> new Page.Here(response.uri(), type, bytes))
                            .orElseGet(() -> new Page.Missing(new Outcome.Broken(
                                    ErrorKind.INPUT, "has more than " + ByteText.format(maxBytes) + ": not read")));
                },
                Page.Missing::new);
    }

    private static boolean isOk(int status) {
        return status >= 200 && status <= 299;
    }

    /** Does it within the limit, and says otherwise how it ended. */
    private <T> T limited(Exchange exchange, Body<? extends T, IOException> body, Function<Outcome, T> otherwise)
            throws InterruptedException {
        try {
            return timeout(limit, body);
        } catch (TimeoutException e) {
            return otherwise.apply(new Outcome.TimedOut(exchange.phase(), limit));
        } catch (RefusedException e) {
            return otherwise.apply(new Outcome.Broken(ErrorKind.REDIRECT, String.valueOf(e.getMessage())));
        } catch (IOException e) {
            return otherwise.apply(Causes.of(e, exchange.phase()));
        } catch (RuntimeException e) {
            return otherwise.apply(Causes.internal(e));
        }
    }

    /** A redirect leads nowhere. */
    private static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1L;

        RefusedException(String why) {
            super(why);
        }
    }

    private <B> HttpResponse<B> follow(URI first, String firstMethod, Exchange exchange, BodyHandler<B> body)
            throws IOException, InterruptedException {
        var redirects = new Redirects(first);
        var uri = first;
        var method = firstMethod;
        var isTrusted = isNamed.test(first);
        while (true) {
            exchange.enter(Phase.LOOKUP);
            hostNames.resolve(uri.getHost());
            exchange.enter(Phase.ANSWER);
            var response =
                    client.send(request.method(method).to(uri, isTrusted && redirects.isSameOrigin(uri)), head -> {
                        exchange.enter(Phase.BODY);
                        return body.apply(head);
                    });
            switch (redirects.after(response, method)) {
                case Redirects.Done done -> {
                    return response;
                }
                case Redirects.Refuse(var why) -> throw new RefusedException(why);
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
