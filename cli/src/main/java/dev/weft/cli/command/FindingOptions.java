package dev.weft.cli.command;

import dev.weft.cli.check.CheckFormat;
import dev.weft.cli.check.CheckOptions;
import dev.weft.cli.fetch.FetchOptions;
import dev.weft.cli.model.StatusSet;
import dev.weft.cli.model.Verdict;
import dev.weft.cli.report.Format;
import dev.weft.cli.report.ProgressMode;
import java.util.Set;
import picocli.CommandLine.Option;

/** Options of {@code weft check}: what counts as a success, and how findings are shown. */
final class FindingOptions {

    @Option(
            names = "--accept",
            paramLabel = "STATUS",
            converter = Converters.Statuses.class,
            description = "Which statuses are ok, as 2xx,404 or 200-299. Default: 2xx.")
    private StatusSet accepted = StatusSet.SUCCESS;

    @Option(
            names = "--fail-on",
            paramLabel = "OUTCOME",
            converter = Converters.Verdicts.class,
            description = "Which outcomes make the exit 1, with commas, or none. Default:"
                    + " failed,error,timeout,cut,unstarted.")
    private Set<Verdict> failOn = Verdict.NOT_OK;

    @Option(
            names = {"-q", "--quiet"},
            description = "Show only what is not ok.")
    private boolean quiet;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            converter = Converters.CheckFormatWord.class,
            description = "human: a line for each link, what is not ok once more at the end by document. ndjson: one"
                    + " JSON object a line, the summary last. json: one document. github: annotations of a workflow."
                    + " sarif: SARIF 2.1.0, at the end. Default: human.")
    private CheckFormat format = CheckFormat.HUMAN;

    @Option(
            names = "--progress",
            paramLabel = "WHEN",
            converter = Converters.ProgressWord.class,
            description = "A line on standard error that shows how far it is: auto (on a terminal), always, never."
                    + " Default: auto.")
    private ProgressMode progress = ProgressMode.AUTO;

    @Option(
            names = {"-v", "--verbose"},
            description = "Write to standard error what is asked and answered, without passwords and cookies.")
    private boolean verbose;

    StatusSet accepted() {
        return accepted;
    }

    Set<Verdict> failOn() {
        return failOn;
    }

    CheckOptions.Shown shown() {
        return new CheckOptions.Shown(format, quiet);
    }

    /** The output while URLs are asked for; findings have an output of their own. */
    FetchOptions.Shown ofFetching() {
        return new FetchOptions.Shown(Format.HUMAN, progress, null, false, verbose, Integer.MAX_VALUE);
    }
}
