package dev.weft.cli;

import static dev.weft.Weft.createTask;

import dev.weft.cli.demo.DemoServer;
import dev.weft.cli.demo.DemoUrls;
import dev.weft.cli.timeline.FileOutput;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code weft fetch}: what can be said to it, and what that means. */
@Command(
        name = "fetch",
        description = {
            "Fetches URLs at the same time, shows each result as it comes, and says at the end what became of all of"
                    + " them.",
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
            "  weft fetch -i urls.txt --deadline 30s              whatever is not there after 30 s is cut",
            "  grep '^https' notes.txt | weft fetch -i -          from a pipe",
            "  weft fetch --links README.md                       do all its links work?",
            "  weft fetch --links https://example.org/            those of a page",
            "  weft fetch --sitemap https://example.org/sitemap.xml --method HEAD   those of a site",
            "  weft fetch -i urls.txt --method HEAD --timeout 5s  only look whether they are there",
            "  weft fetch -i urls.txt --concurrency 200 --per-host 2   many hosts, each treated gently",
            "  weft fetch -i urls.txt -H 'Authorization: Bearer xyz'   with a header",
            "  weft fetch -i urls.txt --format ndjson | jq 'select(.outcome == \"timeout\")'",
            "  weft fetch --demo                                  see it work, without a network",
            "",
            "Exit: 0 all ok, 1 some are not, 2 wrong usage or nothing to fetch, 124 deadline hit,",
            "130 Ctrl-C, 143 SIGTERM (both after a report), 141 nobody reads the results any more."
        })
final class FetchCommand implements Callable<Integer> {

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(20);
    private static final int DEFAULT_CONCURRENCY = 50;
    private static final int DEFAULT_PER_HOST = 6;
    private static final Duration DEMO_DEADLINE = Duration.ofSeconds(3);
    private static final int DEMO_URLS = 10;

    /** How long the demo's server waits to see that the client has gone. */
    private static final Duration DEMO_PATIENCE = Duration.ofSeconds(1);

    private final Program program;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "URL", description = "What to fetch. One that is listed more than once is fetched once.")
    private List<String> urls = new ArrayList<>();

    @ArgGroup(validate = false, order = 1, heading = "%nInput:%n")
    private final InputOptions input = new InputOptions();

    @ArgGroup(validate = false, order = 2, heading = "%nLimits (times as 30s, 500ms, 1m30s):%n")
    private final Limits limits = new Limits();

    @ArgGroup(validate = false, order = 3, heading = "%nRequest:%n")
    private final What what = new What();

    @ArgGroup(validate = false, order = 4, heading = "%nOutput:%n")
    private final Shown shown = new Shown();

    @ArgGroup(validate = false, order = 5, heading = "%nDemonstration:%n")
    private final Demo demo = new Demo();

    @ArgGroup(validate = false, order = 6, heading = "%nOther:%n")
    @SuppressWarnings("UnusedVariable") // picocli fills it
    private final Other other = new Other();

    FetchCommand(Program program) {
        this.program = program;
    }

    /** How long, how many. */
    static final class Limits {
        @Option(
                names = "--deadline",
                paramLabel = "TIME",
                converter = Converters.PositiveDuration.class,
                description = "For everything, from the program's start to its report. Default: none.")
        private @Nullable Duration deadline;

        @Option(
                names = "--timeout",
                paramLabel = "TIME",
                converter = Converters.PositiveDuration.class,
                description = "For each URL, from its turn to the end of its body. Default: 20s.")
        private Duration timeout = DEFAULT_TIMEOUT;

        @Option(
                names = "--concurrency",
                paramLabel = "N",
                converter = Converters.AtLeastOne.class,
                description = "How many URLs at once. Default: 50.")
        private Integer concurrency = DEFAULT_CONCURRENCY;

        @Option(
                names = "--per-host",
                paramLabel = "N",
                converter = Converters.AtLeastOne.class,
                description = "How many at once of one host and port. Default: 6.")
        private @Nullable Integer perHost;
    }

    /** What is asked of the servers. */
    static final class What {
        @Option(
                names = {"-X", "--method"},
                paramLabel = "METHOD",
                converter = Converters.Method.class,
                description = "Default: GET.")
        private String method = "GET";

        @Option(
                names = {"-H", "--header"},
                paramLabel = "'NAME: VALUE'",
                converter = Converters.HeaderLine.class,
                description = "Sent with each request. May be repeated.")
        private List<Request.Header> headers = new ArrayList<>();
    }

    /** How it is shown. */
    static final class Shown {
        @Option(
                names = "--format",
                paramLabel = "FORMAT",
                converter = Converters.FormatWord.class,
                description =
                        "human: columns, and a summary on standard error. ndjson: one JSON object a line, the summary"
                                + " last. Default: human.")
        private Format format = Format.HUMAN;

        @Option(
                names = "--progress",
                paramLabel = "WHEN",
                converter = Converters.ProgressWord.class,
                description = "A line on standard error that shows how far it is: auto (on a terminal), always, never."
                        + " Default: auto.")
        private Progress progress = Progress.AUTO;

        @Option(
                names = "--timeline",
                paramLabel = "FILE",
                description = "Write a page that shows what ran when, for a browser; replaces what is there.")
        private @Nullable Path timeline;

        @Option(
                names = "--dump-on-deadline",
                description =
                        "When the deadline comes, write to standard error what every task was doing and waiting for.")
        private boolean dumpOnDeadline;
    }

    /** The demonstration. */
    static final class Demo {
        @Option(
                names = "--demo",
                description = "Fetch from a small server of its own on this machine: answers within 0.5 to 2.5 s, some"
                        + " errors, some that never answer. Sets --deadline to 3s and --per-host to --concurrency,"
                        + " unless they are given.")
        private boolean on;

        @Option(
                names = "--demo-urls",
                paramLabel = "N",
                converter = Converters.AtLeastOne.class,
                description = "How many URLs. Default: 10.")
        private Integer count = DEMO_URLS;

        @Option(names = "--demo-seed", paramLabel = "SEED", description = "For the same delays again.")
        private @Nullable Long seed;
    }

    /** The rest. */
    static final class Other {
        @Option(
                names = {"-h", "--help"},
                usageHelp = true,
                description = "Show this help.")
        @SuppressWarnings("UnusedVariable") // picocli acts on it
        private boolean help;
    }

    @Override
    public Integer call() throws Exception {
        var contradiction = input.contradiction();
        if (contradiction != null) {
            throw wrong(contradiction);
        }
        if (demo.on && !(urls.isEmpty() && input.isEmpty())) {
            throw wrong("--demo brings its own URLs: leave out the others, or leave out --demo");
        }
        if (shown.timeline != null) {
            try {
                FileOutput.check(shown.timeline);
            } catch (IOException e) {
                throw wrong("--timeline " + shown.timeline + ": " + e.getMessage());
            }
        }
        try {
            return demo.on
                    ? runDemo()
                    : program.inRun(() -> new FetchRun(options(urls), program.io(), program.sinceStart()).execute());
        } catch (NothingToFetchException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private FetchOptions options(List<String> from) {
        var deadline = limits.deadline == null && demo.on ? DEMO_DEADLINE : limits.deadline;
        var perHost = limits.perHost;
        if (perHost == null) {
            perHost = demo.on ? limits.concurrency : DEFAULT_PER_HOST;
        }
        return new FetchOptions(
                input.inputs(from, program.io().in()),
                deadline,
                limits.timeout,
                limits.concurrency,
                perHost,
                new Request(what.method, what.headers),
                shown.format,
                shown.progress,
                shown.timeline,
                shown.dumpOnDeadline);
    }

    private int runDemo() throws Exception {
        try (var server = DemoServer.open(0, 1)) {
            var seed = demo.seed == null ? System.nanoTime() : demo.seed;
            var pages = DemoUrls.of(server.origins(), demo.count, seed).stream()
                    .map(URI::toString)
                    .toList();
            return program.inRun(() -> {
                var serving = createTask("demo server", server::serve);
                try {
                    return new FetchRun(options(pages), program.io(), program.sinceStart()).execute();
                } finally {
                    // also when cancelled: a request to stop is delivered once
                    server.awaitIdle(DEMO_PATIENCE);
                    serving.cancel("the demonstration is over");
                    new Complaint(program.io()).line("The demo server saw " + server.statistics());
                }
            });
        }
    }
}
