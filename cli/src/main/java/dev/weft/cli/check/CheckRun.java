package dev.weft.cli.check;

import static dev.weft.Weft.abandonOnCancel;
import static dev.weft.Weft.timeoutAt;

import dev.weft.ExceptionGroup;
import dev.weft.cli.console.Diagnostics;
import dev.weft.cli.console.Output;
import dev.weft.cli.console.StandardIo;
import dev.weft.cli.fetch.Batches;
import dev.weft.cli.files.Reason;
import dev.weft.cli.http.NamedServers;
import dev.weft.cli.http.Trust;
import dev.weft.cli.links.Link;
import dev.weft.cli.model.Ending;
import dev.weft.cli.model.ExitCode;
import dev.weft.cli.model.StopSignal;
import dev.weft.cli.model.Stopwatch;
import dev.weft.cli.model.Summary;
import dev.weft.cli.model.Tally;
import dev.weft.cli.model.Verdict;
import dev.weft.cli.text.Shown;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One {@code weft check}: reads documents, looks up on disk and on the web where their links lead, and reports each
 * place; within the deadline, and until it is told to stop. Not thread-safe.
 */
public final class CheckRun {

    /** Of links in files: no page that was given is near. */
    private static final int FAR = Integer.MAX_VALUE;

    private final CheckOptions options;
    private final StandardIo io;
    private final Stopwatch sinceStart;
    private final NamedServers named;
    private final Batches batches;
    private final Output output;
    private final CheckReporter reporter;
    private final ParsedFiles parsed;
    private final Tally tally = new Tally();
    private final List<Finding> notOk = new ArrayList<>();
    private final List<OnDisk> onDisk = new ArrayList<>();
    private final Skipped skipped = new Skipped();
    private @Nullable CheckCache cache;
    private @Nullable WebCheck web;
    private int documents;

    /**
     * A check that has not begun.
     *
     * @param sinceStart what the deadline counts from
     */
    public CheckRun(CheckOptions options, StandardIo io, Stopwatch sinceStart) {
        this.options = options;
        this.io = io;
        this.sinceStart = sinceStart;
        this.named = new NamedServers(options.fetching().transport().netRc());
        this.batches = new Batches(options.fetching(), io, sinceStart, named);
        this.output = batches.output();
        this.reporter = options.shown().format().reporter(io);
        this.parsed = new ParsedFiles(options.fetching().limits().timeout());
    }

    /** A link to a file. */
    private record OnDisk(Place place, String link, Destination.OnDisk to) {}

    /**
     * Does it. Needs an enclosing run.
     *
     * <p><b>Blocking:</b> until all is looked at and reported. <b>Cancellation:</b> always a cancellation point: it
     * reports what there is, and leaves.
     *
     * @return the exit code
     * @throws NothingToCheckException if there is no document to look at, or the cache cannot be used
     * @throws ExceptionGroup if this program has a fault
     */
    public int execute() throws NothingToCheckException, ExceptionGroup, InterruptedException {
        if (options.fetching().transport().trust() instanceof Trust.Everybody) {
            new Diagnostics(io).message("--insecure: certificates are not checked, so anybody may be the server");
        }
        cache = openCache();
        var onWeb = new WebCheck(options, batches, named, cache, this::report, this::follow);
        web = onWeb;
        Summary summary;
        boolean isCacheWritten;
        // the cache is written before a reader is waited for, who may have stopped reading
        try {
            summary = end(look(onWeb), null);
            isCacheWritten = writeCache();
        } catch (InterruptedException e) {
            end(Ending.STOPPED, StopSignal.of(e));
            writeCache();
            throw e;
        } finally {
            // also when cancelled: a request to stop is delivered once, and what comes after it may block
            output.drain();
        }
        return exitCode(summary, isCacheWritten);
    }

    private @Nullable CheckCache openCache() throws NothingToCheckException {
        if (options.cache() == null) {
            return null;
        }
        try {
            var opened = CheckCache.open(options.cache(), Instant.now());
            if (opened.unreadable() > 0) {
                new Diagnostics(io)
                        .message("--cache " + options.cache().file() + ": " + opened.unreadable()
                                + " lines cannot be read; their URLs are asked for again");
            }
            return opened;
        } catch (CheckCache.UnusableException e) {
            throw new NothingToCheckException(Shown.harmless(String.valueOf(e.getMessage())));
        }
    }

    /** @return false if it cannot be written */
    private boolean writeCache() {
        if (cache == null || options.cache() == null) {
            return true;
        }
        try {
            cache.write();
            return true;
        } catch (IOException e) {
            new Diagnostics(io)
                    .message("cannot write the cache " + options.cache().file() + ": " + Reason.of(e));
            return false;
        }
    }

    private Ending look(WebCheck onWeb) throws NothingToCheckException, ExceptionGroup, InterruptedException {
        var deadline = options.fetching().limits().deadlineFrom(sinceStart);
        try {
            timeoutAt(deadline, () -> {
                readDocuments(onWeb);
                lookUp();
            });
        } catch (TimeoutException e) {
            return Ending.DEADLINE;
        }
        output.pump();
        return onWeb.run();
    }

    // ---- Documents

    private void readDocuments(WebCheck onWeb) throws NothingToCheckException, InterruptedException {
        var found = abandonOnCancel(() -> Documents.of(options.documents()));
        var files = found.files();
        parsed.read(files.stream().map(DocumentFile::path).toList());
        var problems = new ArrayList<>(found.problems());
        for (var file : files) {
            switch (parsed.of(file.path())) {
                case ParsedFiles.Unreadable(var why) ->
                    problems.add(Finding.unreadable(file.path().toString(), why));
                case ParsedFiles.Read _ -> documents++;
                case null -> {}
            }
        }
        if (documents == 0 && found.pages().isEmpty()) {
            throw new NothingToCheckException("no document could be read\n"
                    + problems.stream()
                            .map(one -> Shown.harmless(one.place() + ": " + one.message()))
                            .collect(Collectors.joining("\n")));
        }
        problems.forEach(this::report);
        if (options.offline()) {
            found.pages().forEach(_ -> skipped.addOffline());
        } else {
            found.pages().forEach(onWeb::addGiven);
        }
        var root = new Root(options.root());
        files.forEach(file -> readLinks(file, root));
    }

    private void readLinks(DocumentFile file, Root root) {
        if (!(parsed.of(file.path()) instanceof ParsedFiles.Read(var page, var isText))) {
            return;
        }
        if (!isText) {
            output.note(Shown.harmless(file.path()
                    + ": is not in UTF-8: links and headings beyond ASCII may be misread; save it in UTF-8"));
        }
        for (var link : page.links()) {
            var to = Destination.inFile(link.text(), file.path(), page.base(), root.of(file));
            take(new Place(file.path().toString(), link.line(), link.column()), link, to, FAR);
        }
    }

    /** Looks at the links of a page. */
    private void follow(WebTarget.Page page, int depth) {
        documents++;
        for (var link : page.links().links()) {
            var to = Destination.inPage(link.text(), page.uri(), page.links().base());
            take(new Place(page.uri().toString(), link.line(), link.column()), link, to, depth);
        }
    }

    private void take(Place place, Link link, Destination destination, int depth) {
        var text = link.text();
        switch (destination) {
            case Destination.Elsewhere _ -> skipped.addElsewhere();
            case Destination.OnWeb _ when options.offline() -> skipped.addOffline();
            case Destination.Nowhere _ when options.filter().leavesOut(text, "") -> skipped.addExcluded();
            case Destination.OnWeb(var url, var _)
            when options.filter().leavesOut(text, url.uri().toString()) -> skipped.addExcluded();
            case Destination.OnDisk(var path, var _, var _)
            when options.filter().leavesOut(text, fromHere(path)) -> skipped.addExcluded();
            case Destination.Nowhere(var why) -> report(Finding.wrong(place, text, why));
            case Destination.OnWeb(var url, var fragment) ->
                Objects.requireNonNull(web).add(place, text, url, fragment, depth);
            case Destination.OnDisk to -> onDisk.add(new OnDisk(place, text, to));
        }
    }

    private static String fromHere(Path path) {
        var here = Path.of("").toAbsolutePath();
        return (path.startsWith(here) ? here.relativize(path) : path).toString().replace('\\', '/');
    }

    // ---- Files that links lead to

    private void lookUp() throws InterruptedException {
        var withFragments = options.fragments() != Fragments.NONE;
        if (withFragments) {
            parsed.read(abandonOnCancel(() -> onDisk.stream()
                    .map(link -> OnDiskCheck.documentOf(link.to()))
                    .filter(Objects::nonNull)
                    .distinct()
                    .toList()));
        }
        var check = new OnDiskCheck(parsed);
        var links = List.copyOf(onDisk);
        var findings = abandonOnCancel(() -> links.stream()
                .map(link -> check.of(link.place(), link.link(), link.to(), withFragments))
                .toList());
        onDisk.clear();
        findings.forEach(this::report);
    }

    // ---- The report

    private void report(Finding finding) {
        tally.count(finding.verdict());
        var isOk = finding.verdict() == Verdict.OK;
        if (!isOk) {
            notOk.add(finding);
        }
        if (!isOk || !options.shown().quiet()) {
            reporter.finding(finding, output);
        }
    }

    private Summary end(Ending ending, @Nullable StopSignal stop) {
        var onWeb = Objects.requireNonNull(web);
        // what the deadline, or a signal, kept from being looked up
        onDisk.forEach(link -> report(Finding.unstarted(link.place(), link.link())));
        onWeb.finish();
        var limits = options.fetching().limits();
        var isEarly = ending != Ending.COMPLETE && tally.total() == 0;
        var run = new Summary(
                tally,
                ending,
                stop,
                sinceStart.elapsed(),
                limits.deadline(),
                isEarly ? "the documents were not read to their end" : null,
                options.fetching().failOn());
        notOk.sort(Comparator.comparing(Finding::place));
        if (ending != Ending.CANNOT_WRITE) {
            reporter.end(
                    new CheckSummary(run, documents, onWeb.asked(), onWeb.cached(), skipped.total()), notOk, output);
        }
        return run;
    }

    private int exitCode(Summary run, boolean isCacheWritten) {
        var failure = output.failure().orElse(null);
        if (failure != null) {
            return new Diagnostics(io).notWritten("the findings", failure);
        }
        if (tally.total() == 0 && run.ending() == Ending.COMPLETE) {
            new Diagnostics(io)
                    .message("nothing was looked at: "
                            + (skipped.total() == 0
                                    ? "there is no link in the documents"
                                    : "all links are left out, " + skipped.inWords()));
            return ExitCode.USAGE;
        }
        var code = run.exitCode();
        var mayFail = code == ExitCode.OK || code == ExitCode.SOME_NOT_OK;
        return !isCacheWritten && mayFail ? ExitCode.CANNOT_WRITE : code;
    }
}
