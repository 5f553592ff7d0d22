package dev.weft.cli.command;

import dev.weft.cli.fetch.FetchOptions;
import dev.weft.cli.report.Format;
import dev.weft.cli.report.ProgressMode;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How it is shown. */
final class ShownOptions {

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            converter = Converters.FormatWord.class,
            description = "human: columns, and a summary on standard error. ndjson: one JSON object a line, the summary"
                    + " last. json: one document. junit: XML, at the end. Default: human.")
    private Format format = Format.HUMAN;

    @Option(
            names = "--progress",
            paramLabel = "WHEN",
            converter = Converters.ProgressWord.class,
            description = "A line on standard error that shows how far it is: auto (on a terminal), always, never."
                    + " Default: auto.")
    private ProgressMode progress = ProgressMode.AUTO;

    @Option(
            names = "--timeline",
            paramLabel = "FILE",
            converter = Converters.PathName.class,
            description = "Write a page that shows what ran when, for a browser; replaces what is there.")
    private @Nullable Path timeline;

    @Option(
            names = "--dump-on-deadline",
            description =
                    "When the deadline comes, write to standard error what every task was doing and waiting" + " for.")
    private boolean dumpOnDeadline;

    @Option(
            names = {"-v", "--verbose"},
            description = "Write to standard error what is asked and answered, without passwords and cookies.")
    private boolean verbose;

    @Nullable
    Path timeline() {
        return timeline;
    }

    FetchOptions.Shown shown(int columns) {
        return new FetchOptions.Shown(format, progress, timeline, dumpOnDeadline, verbose, columns);
    }
}
