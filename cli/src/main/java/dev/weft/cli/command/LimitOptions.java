package dev.weft.cli.command;

import dev.weft.cli.model.Limits;
import dev.weft.cli.model.Rate;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How long, how many, how much. */
final class LimitOptions {

    private static final int DEFAULT_PER_HOST = 6;
    private static final int DEFAULT_CONCURRENCY = 50;

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
            description = "For each try of a URL, from its turn to the end of its body. Default: 20s.")
    private Duration timeout = Duration.ofSeconds(20);

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            converter = Converters.AtLeastOne.class,
            description = "How many URLs at once. Default: 50; with --workers, as many as they take.")
    private @Nullable Integer concurrency;

    @Option(
            names = "--per-host",
            paramLabel = "N",
            converter = Converters.AtLeastOne.class,
            description = "How many at once of one host and port. Default: 6.")
    private @Nullable Integer perHost;

    @Option(
            names = "--rate",
            paramLabel = "N/s",
            converter = Converters.PerTime.class,
            description = "How many may begin in a second, evenly; also as N/m and N/h. Default: no limit.")
    private @Nullable Rate rate;

    @Option(
            names = "--max-bytes",
            paramLabel = "SIZE",
            converter = Converters.Size.class,
            description = "A longer body is an error (10MB, 500kB, 1GiB). Default: no limit.")
    private @Nullable Long maxBytes;

    @Option(
            names = "--max-redirects",
            paramLabel = "N",
            converter = Converters.NoneOrMore.class,
            description = "How many are followed. 0: a redirect is an answer like others. Default: 10.")
    private Integer maxRedirects = 10;

    /**
     * The limits that hold.
     *
     * @param demoDeadline to the whole, if none is given; null for none
     */
    Limits limits(boolean isDemo, @Nullable Duration demoDeadline) {
        return limits(isDemo, demoDeadline, DEFAULT_CONCURRENCY);
    }

    /** The limits of a fetch by members of a cluster. */
    Limits ofMembers() {
        return limits(false, null, Limits.AS_MEMBERS_SAY);
    }

    private Limits limits(boolean isDemo, @Nullable Duration demoDeadline, int defaultConcurrency) {
        int atOnce = concurrency == null ? defaultConcurrency : concurrency;
        var hosts = perHost;
        if (hosts == null) {
            hosts = isDemo ? atOnce : DEFAULT_PER_HOST;
        }
        return new Limits(
                deadline == null ? demoDeadline : deadline,
                timeout,
                atOnce,
                hosts,
                rate,
                maxBytes == null ? Long.MAX_VALUE : maxBytes,
                maxRedirects);
    }
}
