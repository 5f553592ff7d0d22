package dev.weft.cli.command;

import dev.weft.cli.model.StatusSet;
import dev.weft.cli.model.Verdict;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for what counts as success, and for what is kept. */
final class ResultOptions {

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
            names = {"-o", "--output"},
            paramLabel = "DIR",
            converter = Converters.PathName.class,
            description = "Write the bodies of what is ok into this folder, a file for each URL; each is there as a"
                    + " whole or not at all.")
    private @Nullable Path output;

    @Option(
            names = "--resume",
            paramLabel = "FILE",
            converter = Converters.PathName.class,
            description = "A journal of final answers: what it holds is reported and not fetched again, and what ends"
                    + " now is added. Made if there is none.")
    private @Nullable Path journal;

    StatusSet accepted() {
        return accepted;
    }

    Set<Verdict> failOn() {
        return failOn;
    }

    @Nullable
    Path output() {
        return output;
    }

    @Nullable
    Path journal() {
        return journal;
    }
}
