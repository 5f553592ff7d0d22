package dev.weft.cli.fetch;

import static dev.weft.Weft.abandonOnCancel;
import static dev.weft.Weft.taskGroup;
import static dev.weft.Weft.timeoutAt;

import dev.weft.Deadline;
import dev.weft.ExceptionGroup;
import dev.weft.Weft;
import dev.weft.cli.console.Diagnostics;
import dev.weft.cli.console.Output;
import dev.weft.cli.console.StandardIo;
import dev.weft.cli.files.FileOutput;
import dev.weft.cli.files.Reason;
import dev.weft.cli.http.BodyStore;
import dev.weft.cli.http.Fetcher;
import dev.weft.cli.http.NamedServers;
import dev.weft.cli.http.Resolver;
import dev.weft.cli.http.Trust;
import dev.weft.cli.input.EntrySink;
import dev.weft.cli.input.Feed;
import dev.weft.cli.input.InputEntry;
import dev.weft.cli.input.LinkBudget;
import dev.weft.cli.input.LinkReader;
import dev.weft.cli.keep.Journal;
import dev.weft.cli.keep.KeptFiles;
import dev.weft.cli.model.Ending;
import dev.weft.cli.model.ExitCode;
import dev.weft.cli.model.Rest;
import dev.weft.cli.model.StopSignal;
import dev.weft.cli.model.Stopwatch;
import dev.weft.cli.model.Summary;
import dev.weft.cli.text.Shown;
import dev.weft.cli.timeline.TimelinePage;
import dev.weft.diagnostics.TaskDump;
import dev.weft.sync.Queue;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One {@code weft fetch}: reads the inputs, fetches, reports; within the deadline, and until it is told to stop. It
 * owns all that it starts: a group of lookups, and within that a group of fetches.
 *
 * <p>When the deadline passes, the report is handed over first; then what was cut is cancelled and awaited. Not
 * thread-safe.
 */
public final class FetchRun {

    /** Of each task, in a dump. */
    private static final int FRAMES = 12;

    private final FetchOptions options;
    private final KeptFiles kept;
    private final StandardIo io;
    private final Resolver.Lookup lookup;
    private final Queue<FetchEvent> events = new Queue<>();
    private final Output output;
    private final @Nullable Journal journal;
    private final Stopwatch sinceStart;
    private final NamedServers named;
    private @Nullable FetchLoop loop;
    private @Nullable TaskDump dump;

    public FetchRun(FetchOptions options, KeptFiles kept, StandardIo io, Stopwatch sinceStart) {
        this(options, kept, io, sinceStart, InetAddress::getAllByName);
    }

    /**
     * A run that has not begun.
     *
     * @param kept where to keep what; closed by its owner
     * @param sinceStart what the deadline counts from
     */
    FetchRun(FetchOptions options, KeptFiles kept, StandardIo io, Stopwatch sinceStart, Resolver.Lookup lookup) {
        this.options = options;
        this.kept = kept;
        this.io = io;
        this.named = new NamedServers(options.transport().netRc());
        this.sinceStart = sinceStart;
        this.lookup = lookup;
        this.output = new Output(io, this::written);
        var file = kept.journal();
        this.journal = file == null ? null : new Journal(file, options.accepted(), kept.downloads(), io, this::written);
    }

    private void written() {
        events.putNowait(new FetchEvent.Written());
    }

    /**
     * Does it. Needs an enclosing run, which owns the writing.
     *
     * <p><b>Blocking:</b> until all is fetched and reported. <b>Cancellation:</b> always a cancellation point: it
     * reports what there is, and leaves.
     *
     * @return the exit code
     * @throws NothingToFetchException if there is no URL at all, and none that is wrong either
     * @throws ExceptionGroup if this program has a fault
     */
    public int execute() throws NothingToFetchException, ExceptionGroup, InterruptedException {
        var deadline = options.limits().deadlineFrom(sinceStart);
        var written = true;
        warn();
        try {
            var feed = options.inputs().pages().isEmpty()
                    ? new Feed(() -> events.putNowait(new FetchEvent.Read()))
                    : readPages(deadline);
            if (feed != null) {
                fetchAll(deadline, feed);
            }
        } finally {
            // also when cancelled: a request to stop is delivered once, and what comes after it may block
            try {
                written = finishJournal();
                output.drain();
            } finally {
                written &= draw();
                if (dump != null) {
                    new Diagnostics(io).lines(dump.toString());
                }
            }
        }
        var code = exitCode(Objects.requireNonNull(summary()));
        var mayFail = code == ExitCode.OK || code == ExitCode.SOME_NOT_OK;
        return !written && mayFail ? ExitCode.CANNOT_WRITE : code;
    }

    private void warn() {
        if (options.transport().trust() instanceof Trust.Everybody) {
            new Diagnostics(io).message("--insecure: certificates are not checked, so anybody may be the server");
        }
        if (kept.downloads() != null) {
            for (var left : kept.downloads().leftAlone()) {
                new Diagnostics(io).message(Shown.harmless("--output " + options.output() + ": left alone: " + left));
            }
        }
        var file = kept.journal();
        if (file != null && file.unreadable() > 0) {
            new Diagnostics(io)
                    .message("--resume " + file.path() + ": " + file.unreadable()
                            + " lines cannot be read; their URLs are fetched again");
        }
    }

    /** Waits until the journal is written, if there is one. @return false if it cannot be */
    private boolean finishJournal() throws InterruptedException {
        if (journal == null) {
            return true;
        }
        journal.drain();
        journal.failure()
                .ifPresent(e -> new Diagnostics(io)
                        .message("cannot write the journal " + options.journal() + ": " + e.getMessage()));
        return journal.failure().isEmpty();
    }

    /**
     * Reads pages, and lists with them, before anything is fetched: what a page links to must not be sent credentials
     * before it is known which servers the user has named. Of a run that ends while it reads, it is all there is.
     *
     * @return null if it has ended
     */
    private @Nullable Feed readPages(Deadline deadline) throws ExceptionGroup, InterruptedException {
        // filled by a thread that may go on after its caller has left: a read from a terminal cannot be interrupted
        var entries = new ConcurrentLinkedQueue<InputEntry>();
        EntrySink naming = entry -> {
            name(entry);
            entries.add(entry);
        };
        options.inputs().readArguments(naming);
        var budget = new LinkBudget();
        var links = new LinkReader(options.inputs(), options.limits(), budget, named);
        links.given().forEach(named::add);
        try {
            timeoutAt(deadline, () -> {
                if (!options.inputs().files().isEmpty()) {
                    abandonOnCancel(() -> options.inputs().readLists(budget, naming));
                }
                readLinks(links);
            });
        } catch (TimeoutException e) {
            loop(deadline, all(entries, links, false)).finish(Ending.DEADLINE, null);
            return null;
        } catch (InterruptedException e) {
            loop(deadline, all(entries, links, false)).finish(Ending.STOPPED, StopSignal.of(e));
            throw e;
        }
        return all(entries, links, true);
    }

    private Feed all(Iterable<InputEntry> entries, LinkReader links, boolean isAll) {
        var all = new ArrayList<InputEntry>();
        entries.forEach(all::add);
        for (var entry : links.entries()) {
            if (entry instanceof InputEntry.Url url) {
                named.addLogin(url.uri(), url.login());
            }
            all.add(entry);
        }
        return Feed.of(all, isAll);
    }

    private void name(InputEntry entry) {
        if (entry instanceof InputEntry.Url url) {
            named.add(url.uri());
            named.addLogin(url.uri(), url.login());
        }
    }

    /** Reads arguments and lists, while what they hold is fetched. */
    private void read(Feed feed) throws InterruptedException {
        var sink = new EntrySink() {
            @Override
            public void accept(InputEntry entry) {
                name(entry);
                feed.accept(entry);
            }

            @Override
            public void pause() {
                feed.pause();
            }

            @Override
            public boolean isCounting() {
                return feed.isCounting();
            }

            @Override
            public void count(Rest rest) {
                feed.count(rest);
            }
        };
        // a read from a terminal cannot be interrupted: then it goes on for nobody
        abandonOnCancel(() -> {
            options.inputs().readArguments(sink);
            options.inputs().readLists(new LinkBudget(), sink);
        });
        feed.end();
    }

    private void readLinks(LinkReader links) throws ExceptionGroup, InterruptedException {
        if (!options.inputs().pages().isEmpty()) {
            if (options.shown().progress().isShown(io)) {
                output.progress("reading pages and sitemaps for their links");
                output.pump();
            }
            taskGroup(Resolver.LOOKUPS, lookups -> {
                var resolver = new Resolver(lookups, options.limits().timeout(), lookup);
                try (var fetcher = fetcher(null, resolver)) {
                    links.read(fetcher);
                }
                lookups.cancel();
            });
        }
    }

    private Fetcher fetcher(@Nullable BodyStore store, Resolver resolver) {
        return new Fetcher(
                options.request(),
                options.limits(),
                options.accepted(),
                options.transport(),
                store,
                resolver,
                named,
                options.shown().verbose() ? lines -> events.putNowait(new FetchEvent.Said(lines)) : null);
    }

    private String inWords(Intake.Nothing nothing) {
        var inputs = options.inputs();
        if (!nothing.unreadable().isEmpty()) {
            return nothing.unreadable().stream()
                    .map(none -> Shown.harmless(none.option() + " " + none.name() + ": " + none.why()))
                    .collect(Collectors.joining(System.lineSeparator()));
        }
        return inputs.files().isEmpty()
                ? "no URLs: give some as arguments, or a list of them with -i FILE (-i - for standard input), or a page"
                        + " that links to them with --links, or try --demo"
                : "no URLs in " + Shown.harmless(String.join(", ", inputs.files())) + ": write one a line";
    }

    private @Nullable Summary summary() {
        return loop == null ? null : loop.summary();
    }

    private FetchLoop loop(Deadline deadline, Feed feed) {
        var made = new FetchLoop(
                options,
                io,
                feed,
                output,
                options.shown().format().reporter(io, options.shown().columns()),
                journal,
                events,
                sinceStart,
                deadline);
        loop = made;
        return made;
    }

    /** Writes the picture, if there is to be one. After the report, which comes first. @return false if it cannot be */
    private boolean draw() {
        var file = options.shown().timeline();
        var summary = summary();
        if (file == null || loop == null || summary == null) {
            return true;
        }
        try {
            FileOutput.write(file, TimelinePage.of(loop.timeline(summary)));
            return true;
        } catch (IOException e) {
            new Diagnostics(io).message("cannot write the timeline " + file + ": " + Reason.of(e));
            return false;
        }
    }

    private void fetchAll(Deadline deadline, Feed feed)
            throws NothingToFetchException, ExceptionGroup, InterruptedException {
        var loop = loop(deadline, feed);
        taskGroup(inputs -> {
            if (!feed.isSettled()) {
                inputs.createTask("inputs", () -> read(feed));
            }
            var place = options.elsewhere();
            if (place != null) {
                inputs.createTask(
                        "members", () -> place.watch(line -> events.putNowait(new FetchEvent.Said(List.of(line)))));
            }
            fetchAll(deadline, loop);
            inputs.cancel();
        });
        var nothing = loop.nothing();
        if (loop.summary() == null && nothing != null) {
            throw new NothingToFetchException(inWords(nothing));
        }
    }

    private void fetchAll(Deadline deadline, FetchLoop loop) throws ExceptionGroup, InterruptedException {
        taskGroup(Resolver.LOOKUPS, lookups -> {
            var resolver = new Resolver(lookups, options.limits().timeout(), lookup);
            try (var fetcher = fetcher(kept.downloads(), resolver)) {
                var place = options.elsewhere();
                Tries tries = place == null ? fetcher::fetch : place.tries(named);
                taskGroup(fetches -> {
                    try {
                        var ending = timeoutAt(deadline, () -> loop.fetchAll(fetches, tries));
                        if (ending != Ending.COMPLETE || loop.nothing() == null) {
                            loop.finish(ending, null);
                        }
                    } catch (TimeoutException e) {
                        loop.finish(Ending.DEADLINE, null);
                        dump = options.shown().dumpOnDeadline() ? Weft.dump(FRAMES) : null;
                    } catch (InterruptedException e) {
                        loop.finish(Ending.STOPPED, StopSignal.of(e));
                        throw e;
                    }
                    fetches.cancel();
                });
            }
            lookups.cancel();
        });
    }

    private int exitCode(Summary whole) {
        var failure = output.failure().orElse(null);
        if (failure == null) {
            return whole.exitCode();
        }
        return new Diagnostics(io).notWritten("the results", failure);
    }
}
