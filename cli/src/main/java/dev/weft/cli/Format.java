package dev.weft.cli;

import java.util.Locale;

/** For whom the results are written. */
enum Format {
    /** Columns, and a summary on standard error. */
    HUMAN,
    /** One JSON object a line, the last one the summary. */
    NDJSON,
    /** One JSON document. */
    JSON,
    /** The XML that build servers read. */
    JUNIT;

    Reporter reporter(StandardIo io) {
        return switch (this) {
            case HUMAN -> new HumanReporter(Style.of(io.colourOnOut()), Style.of(io.colourOnErr()));
            case NDJSON -> new NdjsonReporter();
            case JSON -> new JsonReporter();
            case JUNIT -> new JunitReporter();
        };
    }

    static Format parse(String text) {
        return Choice.parse(values(), text);
    }

    /** As in {@code ndjson}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
