package dev.weft.cli.fetch;

import static dev.weft.Weft.taskGroup;
import static dev.weft.Weft.timeoutAt;

import dev.weft.Deadline;
import dev.weft.ExceptionGroup;
import dev.weft.cli.console.Output;
import dev.weft.cli.console.StandardIo;
import dev.weft.cli.http.Fetcher;
import dev.weft.cli.http.NamedServers;
import dev.weft.cli.http.Request;
import dev.weft.cli.http.Resolver;
import dev.weft.cli.input.Feed;
import dev.weft.cli.input.InputEntry;
import dev.weft.cli.model.Ending;
import dev.weft.cli.model.StopSignal;
import dev.weft.cli.model.Stopwatch;
import dev.weft.cli.report.Reporter;
import dev.weft.sync.Queue;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * Fetches lists of URLs, one list after the other, for a command that makes each list from the answers to the one
 * before. Limits, retries and the deadline hold as for {@code weft fetch}. Belongs to one task, and is not thread-safe.
 */
public final class Batches {

    private final FetchOptions options;
    private final StandardIo io;
    private final Stopwatch sinceStart;
    private final NamedServers named;
    private final Queue<FetchEvent> events = new Queue<>();
    private final Output output;

    /**
     * Nothing is fetched yet.
     *
     * @param sinceStart what the deadline counts from
     * @param named the servers that may have the credentials
     */
    public Batches(FetchOptions options, StandardIo io, Stopwatch sinceStart, NamedServers named) {
        this.options = options;
        this.io = io;
        this.sinceStart = sinceStart;
        this.named = named;
        this.output = new Output(io, () -> events.putNowait(new FetchEvent.Written()));
    }

    /** Where the results go; {@link #fetch} writes while it waits. */
    public Output output() {
        return output;
    }

    /** Makes fetchers that share their lookups. */
    @FunctionalInterface
    public interface Fetchers {
        /** One that asks like this; its maker closes it. */
        Fetcher of(Request request);
    }

    /** Work that needs fetchers. */
    @FunctionalInterface
    public interface Work {
        /** Does the work. */
        void with(Fetchers fetchers) throws ExceptionGroup, InterruptedException;
    }

    /**
     * Does work that fetches. Needs an enclosing run.
     *
     * <p><b>Blocking:</b> until it is done. <b>Cancellation:</b> as the work's; lookups that are under way are given
     * up.
     *
     * @throws ExceptionGroup if this program has a fault
     */
    public void run(Work work) throws ExceptionGroup, InterruptedException {
        taskGroup(Resolver.LOOKUPS, lookups -> {
            var resolver = new Resolver(lookups, options.limits().timeout(), InetAddress::getAllByName);
            work.with(request -> new Fetcher(
                    request,
                    options.limits(),
                    options.accepted(),
                    options.transport(),
                    null,
                    resolver,
                    named,
                    options.shown().verbose() ? lines -> events.putNowait(new FetchEvent.Said(lines)) : null));
            lookups.cancel();
        });
    }

    /**
     * Fetches some URLs, each of which is in the list once.
     *
     * <p><b>Blocking:</b> until all are fetched, or the deadline has come. <b>Cancellation:</b> always a cancellation
     * point; also then, each URL is reported.
     *
     * @param tries how one is fetched
     * @param reporter told what became of each, and then that this is all
     * @throws ExceptionGroup if this program has a fault
     */
    public void fetch(List<? extends InputEntry> urls, Tries tries, Reporter reporter)
            throws ExceptionGroup, InterruptedException {
        var deadline = options.limits().deadlineFrom(sinceStart);
        var loop = new FetchLoop(
                options, io, Feed.of(List.copyOf(urls), true), output, reporter, null, events, sinceStart, deadline);
        fetch(loop, tries, deadline);
    }

    private static void fetch(FetchLoop loop, Tries tries, Deadline deadline)
            throws ExceptionGroup, InterruptedException {
        taskGroup(fetches -> {
            try {
                loop.finish(timeoutAt(deadline, () -> loop.fetchAll(fetches, tries)), null);
            } catch (TimeoutException e) {
                loop.finish(Ending.DEADLINE, null);
            } catch (InterruptedException e) {
                loop.finish(Ending.STOPPED, StopSignal.of(e));
                throw e;
            }
            fetches.cancel();
        });
    }
}
