package dev.weft.cli.command;

import dev.weft.cli.fetch.Retries;
import java.time.Duration;
import picocli.CommandLine.Option;

/** Options for retries. */
final class RetryOptions {

    @Option(
            names = "--retries",
            paramLabel = "N",
            converter = Converters.NoneOrMore.class,
            description = "How many more tries after a timeout, a failed lookup or connection, a broken answer, or a"
                    + " status of 408, 425, 429, 500, 502, 503, 504. Default: 0.")
    private Integer count = 0;

    @Option(
            names = "--retry-wait",
            paramLabel = "TIME",
            converter = Converters.PositiveDuration.class,
            description = "Before the second try; doubled before each further one, and varied by a fifth. A server's"
                    + " Retry-After makes it longer. Default: 1s.")
    private Duration wait = Duration.ofSeconds(1);

    @Option(
            names = "--retry-max-wait",
            paramLabel = "TIME",
            converter = Converters.PositiveDuration.class,
            description = "The longest such wait. Who asks for a longer one is not asked again. Default: 1m.")
    private Duration maxWait = Duration.ofMinutes(1);

    Retries retries() {
        return new Retries(count, wait, maxWait);
    }
}
