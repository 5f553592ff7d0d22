package dev.weft.cli.check;

import dev.weft.cli.console.StandardIo;
import dev.weft.cli.console.Style;
import dev.weft.cli.text.Choice;
import java.util.Locale;

/** For whom the findings are written. */
public enum CheckFormat {
    /** Lines, and what is not ok once more at the end, by document. */
    HUMAN,
    /** One JSON object a line, the last one the summary. */
    NDJSON,
    /** One JSON document. */
    JSON,
    /** The annotations of GitHub's workflows. */
    GITHUB,
    /** SARIF 2.1.0, for services that show what analyses find. */
    SARIF;

    /** The reporter that writes it. */
    CheckReporter reporter(StandardIo io) {
        return switch (this) {
            case HUMAN -> new HumanCheckReporter(Style.of(io.colourOnOut()), Style.of(io.colourOnErr()));
            case NDJSON -> new JsonCheckReporter(false);
            case JSON -> new JsonCheckReporter(true);
            case GITHUB -> new GithubReporter();
            case SARIF -> new SarifReporter();
        };
    }

    public static CheckFormat parse(String text) {
        return Choice.parse(values(), text);
    }

    /** As in {@code sarif}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
