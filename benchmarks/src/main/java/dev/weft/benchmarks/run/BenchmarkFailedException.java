package dev.weft.benchmarks.run;

import java.io.Serial;

/** A benchmark has brought no samples. The message is one line, for the report. */
public final class BenchmarkFailedException extends Exception {

    @Serial
    private static final long serialVersionUID = 1;

    private static final int LONGEST = 300;

    /** For the report. */
    public BenchmarkFailedException(String message) {
        super(line(message));
    }

    /** For the report; the cause is for nobody but a debugger. */
    public BenchmarkFailedException(String message, Throwable cause) {
        super(line(message), cause);
    }

    /** The message, which is always there. */
    public String reason() {
        return String.valueOf(getMessage());
    }

    private static String line(String message) {
        var line = message.strip().replaceAll("\\s+", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + " ...";
    }
}
