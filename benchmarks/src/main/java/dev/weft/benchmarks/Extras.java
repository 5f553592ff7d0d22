package dev.weft.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The figures of a workload besides the time that JMH measures: passed to the program that has started it. */
public final class Extras {

    /** The system property that names the file to write to. Without it, nothing is kept. */
    public static final String FILE_PROPERTY = "weft.benchmarks.extras";

    private Extras() {}

    /** Adds a line {@code metric value} to the file. */
    public static void report(String metric, double value) {
        var file = System.getProperty(FILE_PROPERTY);
        if (file == null) {
            return;
        }
        try {
            Files.writeString(
                    Path.of(file),
                    metric + " " + value + System.lineSeparator(),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
