package dev.weft.cli.http;

import static dev.weft.Weft.timeout;

import dev.weft.Body;
import dev.weft.cli.files.Untrusted;
import dev.weft.cli.model.Attempt;
import dev.weft.cli.model.ErrorKind;
import dev.weft.cli.model.FetchProgress;
import dev.weft.cli.model.Limits;
import dev.weft.cli.model.Outcome;
import dev.weft.cli.model.Phase;
import dev.weft.cli.model.StatusSet;
import dev.weft.cli.text.ByteText;
import dev.weft.cli.text.DurationText;
import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Fetches a URL: finds the host, sends, follows redirects, reads the body to its end and to its place; all of it under
 * one limit.
 *
 * <p>Thread-safe.
 */
public final class Fetcher implements AutoCloseable {

    /** How the note begins that an answer is the second one, after a HEAD was answered badly. */
    public static final String AFTER_HEAD = "GET, after HEAD got ";

    private final Request request;
    private final Limits limits;
    private final StatusSet accepted;
    private final Transport transport;
    private final @Nullable BodyStore store;
    private final HostNames hostNames;
    private final NamedServers named;
    private final @Nullable Consumer<List<String>> listener;
    private final ExecutorService executor;
    private final @Nullable CookieJar jar;
    private final Connections connections;

    /** The wait for a host's addresses: a {@link Resolver}. */
    public interface HostNames {
        /**
         * Waits for it.
         *
         * @param again whether a host that was not found is looked up once more
         */
        void resolve(String host, boolean again) throws UnknownHostException, InterruptedException;

        /** Waits until it is known which address of it answers. @return whether it has several, and one does */
        boolean choose(String host, int port) throws InterruptedException;

        /** The same, when the one that was chosen answers no more. */
        boolean chooseAgain(String host, int port) throws InterruptedException;
    }

    /**
     * Nothing is fetched yet.
     *
     * @param accepted which statuses are ok
     * @param store where bodies are kept, or null if they are not
     * @param named the servers that may have the credentials
     * @param listener told what is asked and answered, by any thread; or null
     */
    public Fetcher(
            Request request,
            Limits limits,
            StatusSet accepted,
            Transport transport,
            @Nullable BodyStore store,
            HostNames hostNames,
            NamedServers named,
            @Nullable Consumer<List<String>> listener) {
        this.request = request;
        this.limits = limits;
        this.accepted = accepted;
        this.transport = transport;
        this.store = store;
        this.hostNames = hostNames;
        this.named = named;
        this.listener = listener;
        this.executor = Executors.newVirtualThreadPerTaskExecutor();
        this.jar = transport.cookies() ? new CookieJar() : null;
        this.connections = new Connections(transport, () -> transport.client(executor, jar));
    }

    private Fetcher(Fetcher other, Request request, Limits limits, StatusSet accepted, Asking asking) {
        this.request = request;
        this.limits = limits;
        this.accepted = accepted;
        this.transport = other.transport;
        this.store = asking.store();
        this.hostNames = asking.hostNames();
        this.named = asking.named();
        this.listener = other.listener;
        this.executor = other.executor;
        this.jar = other.jar;
        this.connections = other.connections;
    }

    /** Where bodies are kept, if they are; what waits for hosts; the servers that may have the credentials. */
    public record Asking(@Nullable BodyStore store, HostNames hostNames, NamedServers named) {}

    /** One that asks otherwise, and shares all connections with this one, which is the one to be closed. */
    public Fetcher asking(Request otherRequest, Limits otherLimits, StatusSet otherAccepted, Asking asking) {
        return new Fetcher(this, otherRequest, otherLimits, otherAccepted, asking);
    }

    /**
     * Tries to fetch one URL.
     *
     * <p><b>Blocking:</b> until it has been read, something has gone wrong, or the limit has passed.
     * <b>Cancellation:</b> a cancellation point; the connection is closed, and of the body nothing is left.
     *
     * @param progress told how far this has come
     */
    public Attempt fetch(URI uri, FetchProgress progress) throws InterruptedException {
        progress.restart();
        try (var save = store == null ? null : store.of(uri)) {
            return limited(uri, progress, () -> fetch(uri, progress, save), Attempt::of);
        }
    }

    /**
     * Reads one page to look at what is in it.
     *
     * <p><b>Blocking:</b> until it is there, something has gone wrong, or the limit has passed. <b>Cancellation:</b> a
     * cancellation point; the connection is closed.
     *
     * @param maxBytes a longer one is not read, and it is missing
     * @param sink keeps it
     * @param progress told how far this has come
     */
    public Page read(URI uri, int maxBytes, BufferedBody sink, FetchProgress progress) throws InterruptedException {
        return limited(uri, progress, () -> page(uri, maxBytes, sink, progress), Page.Missing::new);
    }

    private Page page(URI uri, int maxBytes, BufferedBody sink, FetchProgress progress)
            throws IOException, InterruptedException {
        try {
            var response = follow(
                    uri,
                    "GET",
                    progress,
                    (head, step) -> step instanceof Redirects.Done && StatusSet.SUCCESS.contains(head.statusCode())
                            ? BodyReader.wanted(progress, sink, maxBytes, head)
                            : BodyReader.unwanted(progress));
            return StatusSet.SUCCESS.contains(response.statusCode())
                    ? new Page.Here(
                            response.uri(),
                            response.headers().firstValue("Content-Type").orElse(null),
                            sink)
                    : new Page.Missing(
                            new Outcome.Failed(response.statusCode()),
                            RetryAfter.of(response.headers(), Instant.now()));
        } catch (IOException e) {
            if (!FailureClassifier.isTooLarge(e)) {
                throw e;
            }
            return new Page.Missing(
                    new Outcome.Broken(ErrorKind.INPUT, "has more than " + ByteText.format(maxBytes) + ": not read"));
        }
    }

    /** Does it within the limit, and says otherwise how it ended. */
    private <T> T limited(
            URI uri, FetchProgress progress, Body<? extends T, IOException> body, Function<Outcome, T> otherwise)
            throws InterruptedException {
        try {
            return timeout(limits.timeout(), body);
        } catch (TimeoutException e) {
            return otherwise.apply(new Outcome.TimedOut(progress.phase(), limits.timeout()));
        } catch (IOException e) {
            var at = progress.redirects().isEmpty() ? uri : progress.redirects().getLast();
            return otherwise.apply(transport.blame(at, FailureClassifier.classify(e, progress.phase())));
        } catch (StackOverflowError | OutOfMemoryError e) {
            return otherwise.apply(FailureClassifier.classify(Untrusted.TooMuchException.of(e), progress.phase()));
        } catch (RuntimeException e) {
            return otherwise.apply(FailureClassifier.internal(e));
        }
    }

    private Attempt fetch(URI uri, FetchProgress progress, @Nullable StoredBody save)
            throws IOException, InterruptedException {
        var attempt = request.getIfHeadFails() ? head(uri, progress) : null;
        return attempt == null
                ? ask(uri, request.getIfHeadFails() ? "GET" : request.method(), progress, save)
                : attempt;
    }

    /**
     * Asks by HEAD; null if a GET may do better: there are servers that answer only that. Some do not answer at all, so
     * half of the time is left for the GET.
     */
    private @Nullable Attempt head(URI uri, FetchProgress progress) throws IOException, InterruptedException {
        String why;
        try {
            var attempt = timeout(limits.timeout().dividedBy(2), () -> ask(uri, "HEAD", progress, null));
            if (!(attempt.outcome() instanceof Outcome.Failed(var status)) || isAboutTheClient(status)) {
                return attempt;
            }
            why = "status " + status;
        } catch (IOException e) {
            if (FailureClassifier.classify(e, progress.phase()).kind() != ErrorKind.IO) {
                throw e;
            }
            why = "no answer";
        } catch (TimeoutException e) {
            if (progress.phase() == Phase.LOOKUP) {
                return Attempt.of(
                        new Outcome.TimedOut(Phase.LOOKUP, limits.timeout().dividedBy(2)));
            }
            why = "no answer in " + DurationText.format(limits.timeout().dividedBy(2));
        }
        progress.restart();
        progress.note(AFTER_HEAD + why);
        return null;
    }

    /** A GET would be told the same: redirects that are not followed, who one is, too much asked, gone for ever. */
    private static boolean isAboutTheClient(int status) {
        return status < 400 || status == 401 || status == 407 || status == 410 || status == 429;
    }

    private Attempt ask(URI uri, String method, FetchProgress progress, @Nullable StoredBody save)
            throws IOException, InterruptedException {
        var sink = save == null ? BodySink.NOWHERE : save;
        var response = follow(uri, method, progress, (head, step) -> body(head, step, progress, sink));
        var status = response.statusCode();
        if (!accepted.contains(status)) {
            return new Attempt(new Outcome.Failed(status), RetryAfter.of(response.headers(), Instant.now()));
        }
        if (save != null) {
            var modified = response.headers().firstValue("Last-Modified").map(HttpDate::parse);
            progress.saved(save.keep(modified.orElse(null)));
        }
        return Attempt.of(new Outcome.Ok(status));
    }

    /** How to read what follows the head: what is wanted, to its end; of what is not, the end does not matter. */
    private BodySubscriber<Long> body(ResponseInfo head, Redirects.Step step, FetchProgress progress, BodySink sink) {
        var wanted = step instanceof Redirects.Done && accepted.contains(head.statusCode());
        if (request.getIfHeadFails() && wanted) {
            return BodyReader.refuse(null);
        }
        var length = AnnouncedLength.of(head.headers());
        if (wanted && length > limits.maxBytes() && !request.method().equals("HEAD")) {
            return BodyReader.refuse(TooLargeException.announced(length, limits.maxBytes()));
        }
        return wanted ? BodyReader.wanted(progress, sink, limits.maxBytes(), head) : BodyReader.unwanted(progress);
    }

    /** How the body of an answer is read that has this head, and is dealt with like this. */
    @FunctionalInterface
    private interface Bodies {
        BodySubscriber<Long> of(ResponseInfo head, Redirects.Step step);
    }

    /** Asks, and asks again where redirects lead; the final answer, when its body has been read. */
    private HttpResponse<Long> follow(URI first, String firstMethod, FetchProgress progress, Bodies bodies)
            throws IOException, InterruptedException {
        var redirects = new Redirects(first, limits.maxRedirects(), jar == null ? _ -> "" : jar::header);
        var uri = first;
        var method = firstMethod;
        var isTrusted = named.contains(first);
        var firstLogin = named.login(first);
        var login = firstLogin;
        while (true) {
            var whyNot = Request.whyNot(uri, transport.isProxied(uri));
            if (whyNot != null) {
                throw new CannotAskException(whyNot);
            }
            progress.enter(Phase.LOOKUP);
            var place = transport.toFind(uri);
            hostNames.resolve(place.host(), progress.isRepeated());
            progress.enter(Phase.ANSWER);
            hostNames.choose(place.host(), place.port());
            var step = new AtomicReference<Redirects.@Nullable Step>();
            var from = uri;
            var asked = method;
            var authorization = login == null ? named.fromNetRc(uri) : NamedServers.basic(login);
            var question = request.method(method).to(uri, isTrusted && redirects.isSameOrigin(uri), authorization);
            tell(() -> Heads.of(from, question));
            var response = connections.send(uri, question, hostNames, () -> step.get() != null, head -> {
                tell(() -> Heads.of(from, head));
                connections.answered(from);
                progress.enter(Phase.BODY);
                var next = redirects.after(from, head, asked);
                step.set(next);
                var fault = AnnouncedLength.fault(head.headers(), asked);
                return fault == null ? bodies.of(head, next) : BodyReader.refuse(fault);
            });
            switch (step.get()) {
                case Redirects.Done _ -> {
                    return response;
                }
                case Redirects.Refuse(var why) -> throw new RedirectException(why);
                case Redirects.Follow(var to, var newMethod, var newLogin) -> {
                    progress.redirect(to);
                    login = newLogin == null && redirects.isSameOrigin(to) ? firstLogin : newLogin;
                    uri = to;
                    method = newMethod;
                }
                case null -> throw new IllegalStateException("an answer without a head");
            }
        }
    }

    private void tell(Supplier<List<String>> lines) {
        if (listener != null) {
            listener.accept(lines.get());
        }
    }

    /** Closes all connections. Does not wait for what is still in the client's own threads: nothing of ours is. */
    @Override
    public void close() {
        connections.close();
        executor.shutdownNow();
    }
}
