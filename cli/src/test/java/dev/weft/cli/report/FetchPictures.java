package dev.weft.cli.report;

import dev.weft.cli.model.Ending;
import dev.weft.cli.model.FetchProgress;
import dev.weft.cli.model.Outcome;
import dev.weft.cli.model.Phase;
import dev.weft.cli.model.Result;
import dev.weft.cli.model.SourceLocation;
import dev.weft.cli.model.Summary;
import dev.weft.cli.model.Tally;
import dev.weft.cli.model.Transfer;
import dev.weft.cli.model.Verdict;
import dev.weft.cli.timeline.Timeline;
import java.time.Duration;
import java.util.List;

/** Pictures of fetches that never were. */
public final class FetchPictures {

    private static final List<SourceLocation> ARGUMENT = List.of(SourceLocation.argument(1));

    private FetchPictures() {}

    /** A URL from its permit to its end, in milliseconds after the start; it has its answer after four fifths of it. */
    public static void fetched(FetchTimeline timeline, String url, Outcome outcome, long from, long to) {
        var took = Duration.ofMillis(to - from);
        var transfer = new Transfer(Duration.ZERO, took, 2_000, List.of(), 1, null, null);
        timeline.add(
                new Result(url, ARGUMENT, outcome, transfer, false),
                Duration.ofMillis(from),
                List.of(
                        new FetchProgress.Step(Phase.ANSWER, Duration.ZERO),
                        new FetchProgress.Step(Phase.BODY, took.multipliedBy(4).dividedBy(5))));
    }

    /** Of a run of a second that nothing ended, and in which nothing was counted but what has its lane. */
    public static Timeline picture(FetchTimeline timeline) {
        return timeline.finish(summary(Duration.ofSeconds(1)), Duration.ZERO, Duration.ZERO);
    }

    /** Of a run that nothing ended. */
    public static Summary summary(Duration elapsed) {
        return summary(elapsed, 0);
    }

    static Summary summary(Duration elapsed, int unstarted) {
        var tally = new Tally();
        tally.count(Verdict.UNSTARTED, unstarted);
        return new Summary(tally, Ending.COMPLETE, null, elapsed, null, null, Verdict.NOT_OK);
    }

    /** Of a run that its deadline ended. */
    public static Summary atDeadline(Duration deadline) {
        return new Summary(new Tally(), Ending.DEADLINE, null, deadline, deadline, null, Verdict.NOT_OK);
    }
}
