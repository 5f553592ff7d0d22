package dev.weft.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The table of canaries in docs/testing.md. */
final class DocumentedSeeds {

    private DocumentedSeeds() {}

    /** Within how many schedules the page says that {@code canary} is found: the second column of its row. */
    static int of(Canary canary) throws IOException {
        var row = Pattern.compile("\\| `" + canary.name() + "` \\| (\\d+) \\|.*", Pattern.DOTALL);
        return Files.readAllLines(Path.of("../docs/testing.md")).stream()
                .map(row::matcher)
                .filter(matcher -> matcher.matches())
                .map(matcher -> Integer.parseInt(matcher.group(1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no row for " + canary + " in docs/testing.md"));
    }
}
