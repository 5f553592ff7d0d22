package dev.weft.cli.command;

import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.abandonOnCancel;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.waitUntil;

import dev.weft.ReturnWhen;
import dev.weft.Task;
import dev.weft.cli.console.Diagnostics;
import dev.weft.cli.demo.DemoServer;
import dev.weft.cli.demo.DemoUrls;
import dev.weft.cli.model.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code weft demo-server}: the demonstration's server alone, to be fetched from by whom one likes. */
@Command(
        name = "demo-server",
        description = {
            "Serves slow, broken and silent pages on this machine.",
            "",
            "Prints their URLs, and goes on until Ctrl-C.",
            "",
            "A page is what its URL says: /page/1?delay=1200ms&size=5000 answers late; &status=404 answers so;"
                    + " &break=head and &break=body end the connection too early; &drip=2000ms sends the body slowly;"
                    + " &to=URL redirects, &loop to itself; &silent never answers."
        },
        sortOptions = false,
        customSynopsis = "weft demo-server [OPTIONS]",
        synopsisHeading = "Usage: ",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  weft demo-server --urls 1000 --for 20s | weft fetch -i - --deadline 3s",
            "  weft demo-server --urls 1000 --port 8099 > urls.txt &",
            "",
            "Exit: 0 --for or --until-eof came, 2 wrong usage or the port is taken, 74 the URLs cannot be written,"
                    + " 130 Ctrl-C, 141 nobody reads them, 143 SIGTERM."
        })
public final class DemoServerCommand implements Callable<Integer> {

    private static final int DEFAULT_URLS = 10;

    private final CommandContext context;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = "--urls",
            paramLabel = "N",
            converter = Converters.AtLeastOne.class,
            description = "How many URLs to print. Default: 10.")
    private Integer count = DEFAULT_URLS;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            converter = Converters.Port.class,
            description = "Where to listen, on the loopback address only. Default: any port that is free.")
    private Integer port = 0;

    @Option(
            names = "--hosts",
            paramLabel = "N",
            converter = Converters.AtLeastOne.class,
            description = "On how many ports to listen: each is a host of its own to weft fetch. Default: 1.")
    private Integer hosts = 1;

    @Option(names = "--seed", paramLabel = "SEED", description = "For the same delays again.")
    private @Nullable Long seed;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = Converters.PositiveDuration.class,
            description = "Stop after this long. Default: at Ctrl-C.")
    private @Nullable Duration time;

    @Option(names = "--until-eof", description = "Stop at the end of standard input.")
    private boolean untilEof;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli fills it
    private final HelpOption help = new HelpOption();

    public DemoServerCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        DemoServer opened;
        try {
            opened = DemoServer.open(port, hosts);
        } catch (IOException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "cannot listen on --port " + port + ": " + e.getMessage() + "; take another one, or 0 for any");
        }
        try (var server = opened) {
            return context.inRun(() -> serve(server));
        }
    }

    private int serve(DemoServer server) throws InterruptedException {
        var serving = createTask("demo server", server::serve);
        try {
            var code = print(server);
            if (code != ExitCode.OK) {
                return code;
            }
            var ends = new ArrayList<Task<?>>();
            ends.add(serving);
            ends.add(createTask("time", () -> sleep(time == null ? FOREVER : time)));
            if (untilEof) {
                ends.add(createTask("standard input", () -> abandonOnCancel(this::readToEnd)));
            }
            waitUntil(ReturnWhen.FIRST_COMPLETED, ends);
            return ExitCode.OK;
        } finally {
            new Diagnostics(context.io()).line("The demo server saw " + server.statistics());
        }
    }

    /** And closes standard output: who reads the URLs from a pipe is to know that this is all. */
    private int print(DemoServer server) {
        var urls = DemoUrls.of(server.origins(), count, seed == null ? System.nanoTime() : seed);
        var origins = server.origins();
        var others = origins.size() == 1 ? "" : " and " + (origins.size() - 1) + " more";
        new Diagnostics(context.io()).line("Serving on " + origins.getFirst() + others + "; Ctrl-C ends it.");
        try (var out = context.io().out()) {
            out.write(urls.stream()
                    .map(url -> url + "\n")
                    .collect(Collectors.joining())
                    .getBytes(StandardCharsets.UTF_8));
            return ExitCode.OK;
        } catch (IOException e) {
            return new Diagnostics(context.io()).notWritten("the URLs", e);
        }
    }

    private void readToEnd() {
        try {
            context.io().in().transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
