package dev.weft.cli.command;

import dev.weft.cli.check.CheckOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of {@code weft check}: the files that it reads settings from, and keeps what it knows in. */
final class KeptOptions {

    private static final Path USUAL = Path.of(".weft.toml");
    private static final Duration DAY = Duration.ofHours(24);

    @Option(
            names = "--config",
            paramLabel = "FILE",
            converter = Converters.PathName.class,
            description = "Settings, by the names of these options, in a table [check]. Default: .weft.toml in the"
                    + " current folder, if it is there.")
    private @Nullable Path config;

    @Option(names = "--no-config", description = "Read no such file.")
    private boolean none;

    @Option(
            names = "--cache",
            paramLabel = "FILE",
            converter = Converters.PathName.class,
            description = "Keep which URLs were ok, and do not ask for them again before --max-age. Made if there is"
                    + " none.")
    private @Nullable Path cache;

    @Option(
            names = "--max-age",
            paramLabel = "TIME",
            converter = Converters.PositiveDuration.class,
            description = "How long that is believed, as in 12h. Default: 24h.")
    private Duration maxAge = DAY;

    /** The file of settings; null if there is none. */
    @Nullable
    Path settings() {
        if (none) {
            return null;
        }
        return config == null && Files.exists(USUAL) ? USUAL : config;
    }

    CheckOptions.@Nullable Cache cache() {
        return cache == null ? null : new CheckOptions.Cache(cache, maxAge);
    }
}
