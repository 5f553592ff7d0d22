package dev.weft.cli;

import java.time.Duration;
import picocli.CommandLine.Option;

/** The options of each command that looks into other processes. */
final class LookOptions {

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = Converters.PositiveDuration.class,
            description = "How long to wait for the process's answer, as in 5s or 500ms. Default: 5s.")
    private Duration timeout = DEFAULT_TIMEOUT;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    Duration timeout() {
        return timeout;
    }
}
