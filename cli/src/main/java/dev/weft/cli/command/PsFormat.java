package dev.weft.cli.command;

import dev.weft.cli.text.Choice;
import java.util.Locale;

/** For whom tasks are listed. */
enum PsFormat {
    /** Columns, and what looks wrong on standard error. */
    HUMAN,
    /** One JSON document. */
    JSON,
    /** One JSON object a line. */
    NDJSON;

    static PsFormat parse(String text) {
        return Choice.parse(values(), text);
    }

    /** As in {@code ndjson}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
