package dev.weft.cli.command;

import dev.weft.cli.check.CheckOptions;
import dev.weft.cli.check.CheckRun;
import dev.weft.cli.check.NothingToCheckException;
import dev.weft.cli.fetch.FetchOptions;
import dev.weft.cli.http.Request;
import dev.weft.cli.http.Transport;
import dev.weft.cli.input.Inputs;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code weft check}: what can be said to it, and what that means. */
@Command(
        name = "check",
        description = {
            "Checks the links of documents, on disk and on the web.",
            "",
            "Reads Markdown and HTML: files, folders with all below them, patterns of these ('docs/**/*.md'), pages of"
                    + " the web. Looks up on disk where links to files lead, also the headings that they name, and asks"
                    + " the web for the others, each URL once. Reports each place.",
            "",
            "Every link ends up in exactly one of six: ok, failed (not there, or another status), error (no answer:"
                    + " dns, connect, tls, io, redirect; or no URL), timeout, cut, unstarted; or it is skipped."
        },
        sortOptions = false,
        synopsisHeading = "Usage: ",
        customSynopsis = "weft check [OPTIONS] FILE|DIR|URL...",
        parameterListHeading = "%nDocuments:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  weft check README.md docs/",
            "  weft check --offline docs/                    only links to files",
            "  weft check 'docs/**/*.md' --exclude '^https://example\\.com/'",
            "  weft check README.md --fragments all          #places of web pages too",
            "  weft check https://example.org/ --recurse --depth 3   a site",
            "  weft check docs/ --cache links.cache --max-age 24h",
            "  weft check docs/ -q --format github           in a GitHub workflow",
            "  weft check docs/ --format sarif > links.sarif",
            "",
            "Exit: 0 all ok, 1 some are not, 2 wrong usage or nothing could be looked at, 124 deadline hit, 130"
                    + " Ctrl-C, 143 SIGTERM (both after a report), 141 nobody reads the results any more."
        })
public final class CheckCommand implements Callable<Integer> {

    private final CommandContext context;

    /** Whether the settings of a file have been put before the words of the command line. */
    private final boolean isConfigured;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(
            paramLabel = "FILE|DIR|URL",
            description = "A document, a folder of documents (.md, .markdown, .html, .htm; hidden folders, node_modules"
                    + " and target below it are left out), a pattern of names, or a page of the web.")
    private List<String> documents = new ArrayList<>();

    @ArgGroup(validate = false, order = 1, heading = "%nLinks:%n")
    private final LinkOptions links = new LinkOptions();

    @ArgGroup(validate = false, order = 2, heading = "%nSettings and cache:%n")
    private final KeptOptions kept = new KeptOptions();

    @ArgGroup(validate = false, order = 3, heading = "%nLimits (times as 30s, 500ms, 1m30s):%n")
    private final LimitOptions limits = new LimitOptions();

    @ArgGroup(validate = false, order = 4, heading = "%nRetries:%n")
    private final RetryOptions retries = new RetryOptions();

    @ArgGroup(validate = false, order = 5, heading = "%nRequest:%n")
    private final AskOptions asked = new AskOptions();

    @ArgGroup(validate = false, order = 6, heading = "%nServers:%n")
    private final ServerOptions servers = new ServerOptions();

    @ArgGroup(validate = false, order = 7, heading = "%nFindings:%n")
    private final FindingOptions findings = new FindingOptions();

    @ArgGroup(validate = false, order = 8, heading = "%nOther:%n")
    @SuppressWarnings("UnusedVariable") // picocli fills it
    private final HelpOption other = new HelpOption();

    public CheckCommand(CommandContext context) {
        this(context, false);
    }

    private CheckCommand(CommandContext context, boolean isConfigured) {
        this.context = context;
        this.isConfigured = isConfigured;
    }

    @Override
    public Integer call() throws Exception {
        if (!isConfigured) {
            var settings = kept.settings();
            if (settings != null) {
                return withSettings(settings);
            }
        }
        if (documents.isEmpty()) {
            throw wrong("which documents? Name files, folders or pages, as in: weft check README.md docs/");
        }
        var options = options();
        try {
            return context.inRun(() -> new CheckRun(options, context.io(), context.sinceStart()).execute());
        } catch (NothingToCheckException e) {
            throw new SeveralLinesException(spec.commandLine(), String.valueOf(e.getMessage()));
        }
    }

    /** The file's options stand before the command line's, which win where there can be only one. */
    private int withSettings(Path file) throws Exception {
        var words = new ArrayList<String>();
        var own = spec.commandLine().getParseResult();
        for (var setting : settingsOf(file)) {
            var isOverridden = setting.isOption()
                    ? !setting.isRepeatable() && own.hasMatchedOption(setting.option())
                    : !documents.isEmpty();
            if (!isOverridden) {
                words.addAll(setting.words());
            }
        }
        words.addAll(ownWords());
        var command = new CheckCommand(context, true);
        var line = new CommandLine(command).setExpandAtFiles(false);
        line.getCommandSpec().parent(spec.parent());
        try {
            line.parseArgs(words.toArray(String[]::new));
        } catch (ParameterException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
        return command.call();
    }

    private List<Setting> settingsOf(Path file) {
        try {
            return SettingsFile.read(file, new CommandLine(new CheckCommand(context, true)));
        } catch (IllegalArgumentException e) {
            throw new SeveralLinesException(spec.commandLine(), String.valueOf(e.getMessage()));
        }
    }

    private List<String> ownWords() {
        var all = spec.commandLine().getParseResult().originalArgs();
        var name = all.indexOf(spec.name());
        return all.subList(name + 1, all.size());
    }

    private CheckOptions options() {
        Transport transport;
        try {
            links.check();
            transport = servers.transport(asked.keepsCookies(), context.io().environment());
            return new CheckOptions(
                    documents,
                    links.root(),
                    links.isOffline(),
                    links.fragments(),
                    links.depth(),
                    links.filter(),
                    kept.cache(),
                    asked.headers(),
                    findings.shown(),
                    fetching(transport));
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    private FetchOptions fetching(Transport transport) {
        return new FetchOptions(
                new Inputs(List.of(), List.of(), InputStream.nullInputStream()),
                limits.limits(false, null),
                retries.retries(),
                new Request("HEAD", asked.headers(), true, false, null),
                transport,
                findings.accepted(),
                findings.failOn(),
                null,
                null,
                findings.ofFetching());
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
