package dev.weft.cli.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The demonstration. */
final class DemoOptions {

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
    private Integer count = 10;

    @Option(names = "--demo-seed", paramLabel = "SEED", description = "For the same delays again.")
    private @Nullable Long seed;

    boolean isOn() {
        return on;
    }

    int count() {
        return count;
    }

    long seed() {
        return seed == null ? System.nanoTime() : seed;
    }
}
