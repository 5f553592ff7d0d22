package dev.weft.cli.command;

import static dev.weft.Weft.createTask;

import dev.weft.cli.console.Diagnostics;
import dev.weft.cli.demo.DemoServer;
import dev.weft.cli.demo.DemoUrls;
import dev.weft.cli.fetch.FetchOptions;
import dev.weft.cli.fetch.FetchRun;
import dev.weft.cli.fetch.NothingToFetchException;
import dev.weft.cli.files.FileOutput;
import dev.weft.cli.files.Reason;
import dev.weft.cli.http.Request;
import dev.weft.cli.http.Transport;
import dev.weft.cli.keep.KeptFiles;
import dev.weft.cli.model.ExitCode;
import dev.weft.cli.model.Stopwatch;
import dev.weft.cli.remote.CannotJoinException;
import dev.weft.cli.remote.ClusterSettings;
import dev.weft.cli.remote.Members;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code weft fetch}: what can be said to it, and what that means. */
@Command(
        name = "fetch",
        description = {
            "Fetches URLs at the same time.",
            "",
            "Shows each result as it comes, and says at the end what became of all of them.",
            "",
            "Every URL ends up in exactly one of six: ok (status 2xx), failed (another status), error (no answer: dns, "
                    + "connect, tls, io, redirect, url), timeout (its own limit), cut (under way at the deadline), "
                    + "unstarted (not begun at the deadline)."
        },
        sortOptions = false,
        synopsisHeading = "Usage: ",
        customSynopsis = "weft fetch [OPTIONS] [URL...]",
        parameterListHeading = "%nURLs:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  weft fetch https://example.org/ https://example.net/",
            "  weft fetch -i urls.txt --deadline 30s         what is not there by then is cut",
            "  grep '^https' notes.txt | weft fetch -i -     from a pipe",
            "  weft fetch --links README.md --check          do all its links work?",
            "  weft fetch --links https://example.org/       those of a page",
            "  weft fetch --sitemap https://example.org/sitemap.xml   those of a site",
            "  weft fetch -i urls.txt -o DIR --resume DIR.log    keep the bodies; go on later",
            "  weft fetch -i urls.txt --retries 3 --rate 5/s --per-host 2   patiently",
            "  weft fetch -i urls.txt --format junit --fail-on failed,error",
            "  weft fetch -i urls.txt --proxy http://proxy:3128 --cacert corporate.pem",
            "  weft fetch -i urls.txt -H 'Authorization: Bearer xyz'   with a header",
            "  weft fetch -i urls.txt --format ndjson | jq 'select(.outcome == \"timeout\")'",
            "  weft fetch -i urls.txt --workers 10.0.0.5:7800 --tls tls   on other machines",
            "  weft fetch --demo                             see it work, without a network",
            "",
            "Exit: 0 all ok, 1 some are not, 2 wrong usage or nothing to fetch, 124 deadline hit, 130"
                    + " Ctrl-C, 143 SIGTERM (both after a report), 141 nobody reads the results any more."
        })
public final class FetchCommand implements Callable<Integer> {

    private static final Duration DEMO_DEADLINE = Duration.ofSeconds(3);

    /** The demonstration is for people, and fits every terminal. */
    private static final int DEMO_COLUMNS = 80;

    /** How long the demo's server waits to see that the client has gone. */
    private static final Duration DEMO_PATIENCE = Duration.ofSeconds(1);

    private final CommandContext context;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "URL", description = "What to fetch. One that is listed more than once is fetched once.")
    private List<String> urls = new ArrayList<>();

    @ArgGroup(validate = false, order = 1, heading = "%nInput:%n")
    private final InputOptions input = new InputOptions();

    @ArgGroup(validate = false, order = 2, heading = "%nLimits (times as 30s, 500ms, 1m30s):%n")
    private final LimitOptions limits = new LimitOptions();

    @ArgGroup(validate = false, order = 3, heading = "%nRetries:%n")
    private final RetryOptions retries = new RetryOptions();

    @ArgGroup(validate = false, order = 4, heading = "%nRequest:%n")
    private final RequestOptions what = new RequestOptions();

    @ArgGroup(validate = false, order = 5, heading = "%nServers:%n")
    private final ServerOptions servers = new ServerOptions();

    @ArgGroup(validate = false, order = 6, heading = "%nResults:%n")
    private final ResultOptions results = new ResultOptions();

    @ArgGroup(validate = false, order = 7, heading = "%nOutput:%n")
    private final ShownOptions shown = new ShownOptions();

    @ArgGroup(validate = false, order = 8, heading = "%nMembers of a cluster:%n")
    private final WorkersOptions workers = new WorkersOptions();

    @ArgGroup(validate = false, order = 9, heading = "%nDemonstration:%n")
    private final DemoOptions demo = new DemoOptions();

    @ArgGroup(validate = false, order = 10, heading = "%nOther:%n")
    @SuppressWarnings("UnusedVariable") // picocli fills it
    private final HelpOption other = new HelpOption();

    public FetchCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Exception {
        var contradiction = input.contradiction();
        if (contradiction != null) {
            throw wrong(contradiction);
        }
        var unfit = workers.contradiction(given());
        if (unfit != null) {
            throw wrong(unfit);
        }
        if (demo.isOn() && !(urls.isEmpty() && input.isEmpty())) {
            throw wrong("--demo brings its own URLs: leave out the others, or leave out --demo");
        }
        var timeline = shown.timeline();
        if (timeline != null) {
            if (FileOutput.isAmong(timeline, wordsBut("--timeline"))) {
                throw wrong("--timeline " + timeline + " is read too: give another name");
            }
            try {
                FileOutput.check(timeline);
            } catch (IOException e) {
                throw wrong("--timeline " + timeline + ": " + Reason.of(e));
            }
        }
        try {
            if (demo.isOn()) {
                return runDemo();
            }
            var options = options(urls);
            if (workers.isOn()) {
                var settings = settings();
                return context.inRun(() -> fetchByMembers(settings, options));
            }
            return context.inRun(() -> fetch(options, context.sinceStart()));
        } catch (CannotJoinException e) {
            if (e.isUsage()) {
                throw wrong(String.valueOf(e.getMessage()));
            }
            new Diagnostics(context.io()).message(String.valueOf(e.getMessage()));
            return ExitCode.UNAVAILABLE;
        } catch (NothingToFetchException e) {
            throw new SeveralLinesException(spec.commandLine(), String.valueOf(e.getMessage()));
        } catch (KeptFiles.UnusableException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /** The long names of all options that are on the command line. */
    private Set<String> given() {
        return spec.commandLine().getParseResult().matchedOptions().stream()
                .map(CommandLine.Model.OptionSpec::longestName)
                .collect(Collectors.toSet());
    }

    /** All that the command line names, but for one option: files, and other things. */
    private List<String> wordsBut(String option) {
        return spec.commandLine().getParseResult().matchedArgs().stream()
                .filter(arg -> arg != spec.findOption(option))
                .flatMap(arg -> arg.originalStringValues().stream())
                .map(word -> word.startsWith("@") ? word.substring(1) : word)
                .toList();
    }

    private ClusterSettings settings() {
        try {
            return workers.settings();
        } catch (IllegalArgumentException e) {
            throw new SeveralLinesException(spec.commandLine(), String.valueOf(e.getMessage()));
        }
    }

    private int fetchByMembers(ClusterSettings settings, FetchOptions options) throws Exception {
        var deadline = options.limits().deadlineFrom(context.sinceStart());
        try (var members = Members.join(settings, options, deadline, new Diagnostics(context.io())::line)) {
            new Diagnostics(context.io()).message(members.inWords());
            return fetch(options.at(members), context.sinceStart());
        }
    }

    private int fetch(FetchOptions options, Stopwatch sinceStart) throws Exception {
        try (var kept = kept(options, sinceStart)) {
            return new FetchRun(options, kept, context.io(), sinceStart).execute();
        }
    }

    /** Nothing if the deadline comes first: the run finds that it has come, and reports what became of nothing. */
    private KeptFiles kept(FetchOptions options, Stopwatch sinceStart)
            throws KeptFiles.UnusableException, InterruptedException {
        try {
            return KeptFiles.open(
                    options.output(),
                    options.journal(),
                    wordsBut("--output"),
                    options.request(),
                    options.limits().deadlineFrom(sinceStart));
        } catch (TimeoutException e) {
            new Diagnostics(context.io())
                    .message("the deadline came before what --output and --resume name could be opened");
            return KeptFiles.NOTHING;
        }
    }

    private FetchOptions options(List<String> from) {
        Request request;
        Transport transport;
        try {
            request = what.request();
            transport = servers.transport(what.keepsCookies(), context.io().environment());
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
        if (results.output() != null && request.method().equals("HEAD")) {
            throw wrong("--output keeps bodies, and a HEAD has none: leave out --output, or "
                    + (request.getIfHeadFails() ? "--check" : "--method HEAD"));
        }
        return new FetchOptions(
                input.inputs(from, context.io().in()),
                workers.isOn() ? limits.ofMembers() : limits.limits(demo.isOn(), demo.isOn() ? DEMO_DEADLINE : null),
                retries.retries(),
                request,
                transport,
                results.accepted(),
                results.failOn(),
                results.output(),
                results.journal(),
                shown.shown(demo.isOn() ? DEMO_COLUMNS : Integer.MAX_VALUE));
    }

    private int runDemo() throws Exception {
        try (var server = DemoServer.open(0, 1)) {
            var urls = DemoUrls.of(server.origins(), demo.count(), demo.seed());
            var pages = IntStream.range(0, urls.size())
                    .mapToObj(i -> server.name("/" + i, urls.get(i)).toString())
                    .toList();
            var options = options(pages);
            var sinceStart = Stopwatch.start(); // of the demonstration: starting a Java and a server is no part of it
            return context.inRun(() -> {
                var serving = createTask("demo server", server::serve);
                try {
                    return fetch(options, sinceStart);
                } finally {
                    // also when cancelled: a request to stop is delivered once
                    server.awaitIdle(DEMO_PATIENCE);
                    serving.cancel("the demonstration is over");
                    new Diagnostics(context.io()).line("The demo server saw " + server.statistics());
                }
            });
        }
    }
}
