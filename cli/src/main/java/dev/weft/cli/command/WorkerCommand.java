package dev.weft.cli.command;

import dev.weft.Deadline;
import dev.weft.cli.console.Diagnostics;
import dev.weft.cli.http.BodyStore;
import dev.weft.cli.http.Request;
import dev.weft.cli.http.Transport;
import dev.weft.cli.keep.KeptFiles;
import dev.weft.cli.model.ExitCode;
import dev.weft.cli.remote.CannotJoinException;
import dev.weft.cli.remote.ClusterSettings;
import dev.weft.cli.remote.OutsideMember;
import dev.weft.cli.remote.Worker;
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
import picocli.CommandLine.Spec;

/** The command {@code weft worker}: a member of a cluster that fetches for others. */
@Command(
        name = "worker",
        description = {
            "Fetches URLs for others, as a member of a cluster.",
            "",
            "Joins the members that --join names, this one among them, and makes the requests of those who run weft"
                    + " fetch --workers. Goes on until Ctrl-C or SIGTERM; then it lets what is under way end."
        },
        sortOptions = false,
        customSynopsis = "weft worker [OPTIONS]",
        synopsisHeading = "Usage: ",
        footerHeading = "%nExamples:%n",
        footer = {
            "  weft certificates tls                         once, and to each machine",
            "  weft worker --bind 10.0.0.5:7800 --join 10.0.0.5:7800,10.0.0.6:7800 --tls tls",
            "  weft worker --bind site:7800 --join dns:NAME --tls /tls   in Kubernetes",
            "",
            "What is not given is taken from weft-cluster.properties in this folder, from WEFT_CLUSTER_... of the"
                    + " environment, and from -Dweft.cluster....",
            "",
            "Exit: 2 wrong usage, 69 it cannot join, 130 Ctrl-C, 143 SIGTERM (both after it has left)."
        })
public final class WorkerCommand implements Callable<Integer> {

    private final CommandContext context;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @ArgGroup(validate = false, order = 1, heading = "%nMember:%n")
    private final Own own = new Own();

    @ArgGroup(validate = false, order = 2, heading = "%nServers:%n")
    private final ServerOptions servers = new ServerOptions();

    @ArgGroup(validate = false, order = 3, heading = "%nOther:%n")
    @SuppressWarnings("UnusedVariable") // picocli fills it
    private final HelpOption other = new HelpOption();

    /** Of the member. */
    static final class Own {

        @ArgGroup(validate = false)
        private final MemberOptions member = new MemberOptions();

        @Option(
                names = "--join",
                paramLabel = "HOST:PORT,...",
                description = "Some members that know the others, or dns:NAME for a host that has an address for each.")
        private @Nullable String peers;

        @Option(
                names = "--concurrency",
                paramLabel = "N",
                converter = Converters.AtLeastOne.class,
                description = "How many URLs at once, of all callers together. Default: 100.")
        private @Nullable Integer concurrency;

        @Option(
                names = "--grace",
                paramLabel = "TIME",
                converter = Converters.PositiveDuration.class,
                description = "How long URLs under way may take when this is to end. Default: 5s.")
        private Duration grace = Duration.ofSeconds(5);

        @Option(
                names = {"-o", "--output"},
                paramLabel = "DIR",
                converter = Converters.PathName.class,
                description = "Write the bodies of what is ok into this folder of this machine.")
        private @Nullable Path output;
    }

    public WorkerCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Exception {
        var outside = OutsideMember.ofProcess();
        ClusterSettings settings;
        Transport transport;
        try {
            settings = settings(outside);
            transport = servers.transport(false, context.io().environment());
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
        try {
            return context.inRun(() -> {
                try (var kept = KeptFiles.open(
                        own.output, null, List.of(), new Request("GET", List.of(), false), Deadline.never())) {
                    new Worker(settings, options(outside, transport, kept.downloads()), context.io()).run();
                    return ExitCode.OK;
                }
            });
        } catch (KeptFiles.UnusableException e) {
            throw wrong(String.valueOf(e.getMessage()));
        } catch (CannotJoinException e) {
            if (e.isUsage()) {
                throw wrong(String.valueOf(e.getMessage()));
            }
            new Diagnostics(context.io()).line("weft worker: " + e.getMessage());
            return ExitCode.UNAVAILABLE;
        }
    }

    /** All mistakes are told at once: those of the options and those outside. */
    private ClusterSettings settings(OutsideMember outside) {
        var mistakes = new ArrayList<String>(outside.mistakes());
        var isUnknown = !mistakes.isEmpty(); // what is missing may stand there
        var bind = own.member.bind() == null ? outside.value("bind") : own.member.bind();
        if (bind == null && !isUnknown) {
            mistakes.add("--bind HOST:PORT is missing: where this member listens, as 10.0.0.5:7800; or bind in"
                    + " weft-cluster.properties");
        } else if (bind != null && bind.endsWith(":0")) {
            mistakes.add("--bind " + bind + ": a worker has a port that others name, from 1 to 65535");
        }
        var dns = outside.value("joinDns");
        var peers = own.peers != null ? own.peers : dns == null ? outside.value("join") : ClusterSettings.DNS + dns;
        if (peers == null && !isUnknown) {
            mistakes.add("--join HOST:PORT,... is missing: the members that are there or are to"
                    + " be, this one among them; the first one names itself alone");
        }
        var isSecured = isUnknown || outside.value("tls") != null || "true".equals(outside.value("insecure"));
        mistakes.addAll(own.member.mistakes("--join", peers == null ? "-" : peers, isSecured));
        if (!mistakes.isEmpty()) {
            throw new SeveralLinesException(spec.commandLine(), MemberOptions.inLines(mistakes));
        }
        return own.member.settings(bind, peers == null ? "" : peers, true);
    }

    private Worker.Options options(OutsideMember outside, Transport transport, @Nullable BodyStore bodies) {
        var limit = outside.value("limit");
        var concurrency = own.concurrency != null ? own.concurrency : limit == null ? 100 : Integer.parseInt(limit);
        var isSecured = own.member.hasSecurity() ? own.member.hasTls() : outside.value("tls") != null;
        return new Worker.Options(concurrency, isSecured, own.grace, transport, bodies);
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
