package dev.weft.cli.remote;

import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.taskGroup;

import dev.weft.ExceptionGroup;
import dev.weft.TaskGroup;
import dev.weft.cli.console.Diagnostics;
import dev.weft.cli.console.StandardIo;
import dev.weft.cli.http.BodyStore;
import dev.weft.cli.http.Fetcher;
import dev.weft.cli.http.NamedServers;
import dev.weft.cli.http.Request;
import dev.weft.cli.http.Resolver;
import dev.weft.cli.http.Transport;
import dev.weft.cli.model.FetchProgress;
import dev.weft.cli.model.Limits;
import dev.weft.cli.model.StatusSet;
import dev.weft.cli.model.Stopwatch;
import dev.weft.cluster.Call;
import dev.weft.cluster.Workers;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A member that fetches for others. Belongs to one task, within a run; its calls are tasks of that run. */
public final class Worker {

    /** To one lookup of a host. */
    private static final Duration LOOKUP_LIMIT = Duration.ofSeconds(20);

    /** A worker lives for weeks: what it knows of hosts does not. */
    private static final Duration KNOWLEDGE = Duration.ofMinutes(2);

    private final ClusterSettings settings;
    private final Options options;
    private final StandardIo io;
    private @Nullable Resolver resolver;
    private Stopwatch sinceResolver = Stopwatch.start();

    /**
     * How it fetches.
     *
     * @param concurrency how many tries at once, of all callers together
     * @param isSecured whether members talk by TLS
     * @param grace how long tries may go on when it is told to end
     * @param transport how servers are reached from this machine
     * @param store where bodies are kept, or null if they are not
     */
    public record Options(
            int concurrency,
            boolean isSecured,
            Duration grace,
            Transport transport,
            @Nullable BodyStore store) {}

    public Worker(ClusterSettings settings, Options options, StandardIo io) {
        this.settings = settings;
        this.options = options;
        this.io = io;
    }

    /**
     * Fetches for others until it is cancelled, and then lets what is under way end, for as long as the grace.
     *
     * <p><b>Blocking:</b> until then. <b>Cancellation:</b> always a cancellation point.
     *
     * @throws CannotJoinException if it cannot be a member
     * @throws ExceptionGroup if this program has a fault
     */
    public void run() throws CannotJoinException, ExceptionGroup, InterruptedException {
        var refused = new AtomicReference<@Nullable CannotJoinException>();
        taskGroup(Resolver.LOOKUPS, lookups -> {
            try (var fetcher = fetcher(lookups)) {
                run(lookups, fetcher);
            } catch (CannotJoinException e) {
                refused.set(e); // and not thrown through the group, which would put it into an ExceptionGroup
            }
            lookups.cancel();
        });
        var why = refused.get();
        if (why != null) {
            throw why;
        }
    }

    private void run(TaskGroup lookups, Fetcher fetcher) throws CannotJoinException, InterruptedException {
        var workers = Joining.join(
                settings,
                builder -> builder.limit(options.concurrency())
                        .serve(FetchUrl.ONCE, call -> fetch(call, fetcher, lookups)),
                new RefusedConnections(this::tell));
        try {
            tell("a member of '" + settings.cluster() + "' at " + settings.bind() + ", "
                    + (options.isSecured() ? "with TLS" : "in plain text") + ": up to " + options.concurrency()
                    + " URLs at once; Ctrl-C ends it");
            sleep(FOREVER);
        } finally {
            leave(workers);
        }
    }

    /** A second request means that nobody wants to wait for calls under way. */
    private void leave(Workers workers) throws InterruptedException {
        var running = workers.snapshot().running();
        if (running > 0) {
            tell("leaves when " + (running == 1 ? "1 URL" : running + " URLs") + " under way "
                    + (running == 1 ? "has" : "have") + " ended, within "
                    + options.grace().toSeconds()
                    + " s; Ctrl-C ends it now");
        }
        try {
            workers.drain(options.grace());
        } finally {
            tell("has left; it was given " + workers.snapshot().ran() + " tries");
        }
    }

    private void tell(String line) {
        new Diagnostics(io).line("weft worker: " + line);
    }

    private Fetcher fetcher(TaskGroup lookups) {
        return new Fetcher(
                new Request("GET", List.of(), false),
                new Limits(null, LOOKUP_LIMIT, 1, 1, null, Long.MAX_VALUE, 0),
                StatusSet.SUCCESS,
                options.transport(),
                null,
                resolver(lookups),
                new NamedServers(options.transport().netRc()),
                null);
    }

    private synchronized Resolver resolver(TaskGroup lookups) {
        var known = resolver;
        if (known == null || sinceResolver.elapsed().compareTo(KNOWLEDGE) > 0) {
            known = new Resolver(lookups, LOOKUP_LIMIT, InetAddress::getAllByName);
            resolver = known;
            sinceResolver = Stopwatch.start();
        }
        return known;
    }

    private FetchAnswer fetch(FetchCall call, Fetcher fetcher, TaskGroup lookups) throws InterruptedException {
        var asking = new Fetcher.Asking(
                call.hasBody() ? options.store() : null,
                resolver(lookups),
                call.named(options.transport().netRc()));
        var progress = new FetchProgress();
        var made = fetcher.asking(call.request(), call.limits(), call.accepted(), asking)
                .fetch(call.uri(), progress);
        return FetchAnswer.of(String.valueOf(settings.bind()), Call.current().attempt(), made, progress);
    }
}
