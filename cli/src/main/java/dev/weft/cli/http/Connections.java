package dev.weft.cli.http;

import dev.weft.cli.text.UrlText;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The connections of fetchers, old and new: a request that met a dying one is sent again. Thread-safe. */
final class Connections implements AutoCloseable {

    /** The first may meet another connection that was kept meanwhile. */
    private static final int MAX_REPEATS = 2;

    private final Transport transport;
    private final Clients clients;

    /** Origins that may have left us a connection. */
    private final Set<String> answered = ConcurrentHashMap.newKeySet();

    Connections(Transport transport, Supplier<HttpClient> maker) {
        this.transport = transport;
        this.clients = new Clients(maker);
    }

    /** Notes that the server of {@code uri} has answered: its next request may meet an old connection. */
    void answered(URI uri) {
        answered.add(origin(uri));
    }

    /**
     * Sends. A server that is about to close a connection does not know of a request that is on its way to it: what can
     * be repeated, and got no answer on a connection that may be an old one, is sent again on a new one. So is what
     * could not be sent, when the host has another address.
     *
     * @param hasHead whether the head of an answer has come, after which nothing is sent again
     */
    HttpResponse<Long> send(
            URI uri,
            HttpRequest asked,
            Fetcher.HostNames hostNames,
            BooleanSupplier hasHead,
            HttpResponse.BodyHandler<Long> handler)
            throws IOException, InterruptedException {
        for (var tries = 1; ; tries++) {
            var lease = clients.take();
            try {
                return send(lease.client(), asked, handler);
            } catch (ConnectException e) {
                var place = transport.toFind(uri);
                if (tries > 1 || !hostNames.chooseAgain(place.host(), place.port())) {
                    throw e;
                }
            } catch (IOException e) {
                var isRepeatable =
                        asked.method().equals("GET") || asked.method().equals("HEAD");
                if (tries > MAX_REPEATS
                        || !isRepeatable
                        || !answered.contains(origin(uri))
                        || hasHead.getAsBoolean()
                        || !FailureClassifier.isBroken(e)) {
                    throw e;
                }
                clients.renew(lease);
            } finally {
                clients.giveBack(lease);
            }
        }
    }

    private static HttpResponse<Long> send(HttpClient client, HttpRequest asked, HttpResponse.BodyHandler<Long> handler)
            throws IOException, InterruptedException {
        try {
            return client.send(asked, handler);
        } catch (IllegalArgumentException e) {
            // the request is one that it takes: what it could not read is the answer's length
            var length = String.valueOf(e.getMessage()).replace("For input string: ", "");
            throw (IOException) new ProtocolException("the length " + length).initCause(e);
        }
    }

    private static String origin(URI uri) {
        return uri.getScheme() + "://" + UrlText.hostKey(uri);
    }

    /** Closes all connections, and waits for nothing. */
    @Override
    public void close() {
        clients.close();
    }
}
