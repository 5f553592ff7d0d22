package dev.weft.cli.report;

import dev.weft.cli.console.StandardIo;
import dev.weft.cli.console.Style;
import dev.weft.cli.text.Choice;
import java.util.Locale;

/** For whom the results are written. */
public enum Format {
    /** Columns, and a summary on standard error. */
    HUMAN,
    /** One JSON object a line, the last one the summary. */
    NDJSON,
    /** One JSON document. */
    JSON,
    /** The XML that build servers read. */
    JUNIT;

    /**
     * The reporter that writes it.
     *
     * @param columns how long lines for people may be
     */
    public Reporter reporter(StandardIo io, int columns) {
        return switch (this) {
            case HUMAN -> new HumanReporter(Style.of(io.colourOnOut()), Style.of(io.colourOnErr()), columns);
            case NDJSON -> new NdjsonReporter();
            case JSON -> new JsonReporter();
            case JUNIT -> new JunitReporter();
        };
    }

    public static Format parse(String text) {
        return Choice.parse(values(), text);
    }

    /** As in {@code ndjson}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
