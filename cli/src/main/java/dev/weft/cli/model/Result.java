package dev.weft.cli.model;

import dev.weft.cli.text.Shown;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a URL.
 *
 * @param url as it was written, without a password
 * @param locations everywhere it was found, at least one
 * @param outcome how it ended up
 * @param transfer null if it never began in this run
 * @param resumed whether an earlier run has fetched it, as the journal says
 */
public record Result(
        String url,
        List<SourceLocation> locations,
        Outcome outcome,
        @Nullable Transfer transfer,
        boolean resumed) {

    public Result {
        url = Shown.address(url);
        locations = List.copyOf(locations);
    }

    public static Result of(Target target, Outcome outcome, Transfer transfer) {
        return new Result(target.url(), target.locations(), outcome, transfer, false);
    }

    /** Of something that was never sent. */
    public static Result neverBegun(String url, List<SourceLocation> locations, Outcome outcome) {
        return new Result(url, locations, outcome, null, false);
    }

    /** The same, found in all these places. */
    public Result in(List<SourceLocation> places) {
        return new Result(url, places, outcome, transfer, resumed);
    }

    public Verdict verdict() {
        return outcome.verdict();
    }
}
