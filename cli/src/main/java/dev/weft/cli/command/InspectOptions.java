package dev.weft.cli.command;

import java.time.Duration;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of each command that looks into other processes. */
final class InspectOptions {

    static final String WHAT_STAYS = "Nothing of weft stays in the process. The JDK's management agent, which the first"
            + " look starts, stays until the process ends: with a port that listens on all addresses, and takes"
            + " connections from this machine only.";

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = Converters.PositiveDuration.class,
            description = "How long to wait for the process's answer, as in 5s or 500ms. Default: 5s.")
    private Duration timeout = DEFAULT_TIMEOUT;

    @Option(
            names = "--any-user",
            description = "Look into other users' processes too, as root may. Default: only into one's own.")
    private boolean anyUser;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli fills it
    private final HelpOption help = new HelpOption();

    boolean anyUser() {
        return anyUser;
    }

    Duration timeout() {
        return timeout;
    }
}
