package dev.weft.cli.report;

import dev.weft.cli.model.Ending;
import dev.weft.cli.model.FetchProgress;
import dev.weft.cli.model.Outcome;
import dev.weft.cli.model.Phase;
import dev.weft.cli.model.Result;
import dev.weft.cli.model.Summary;
import dev.weft.cli.model.Transfer;
import dev.weft.cli.model.Verdict;
import dev.weft.cli.text.ByteText;
import dev.weft.cli.text.DurationText;
import dev.weft.cli.timeline.Timeline;
import dev.weft.cli.timeline.Timeline.Fact;
import dev.weft.cli.timeline.Timeline.Lane;
import dev.weft.cli.timeline.Timeline.Mark;
import dev.weft.cli.timeline.Timeline.Role;
import dev.weft.cli.timeline.Timeline.Span;
import dev.weft.cli.timeline.Timeline.State;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The picture of a fetch: a lane for each URL, with its phases. Not thread-safe. */
public final class FetchTimeline {

    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT);

    /** A start that takes less of the whole than one part of so many is not drawn. */
    private static final int LEAST_PART = 100;

    private static final long START = -1;

    private final List<Lane> lanes = new ArrayList<>();
    private final List<Mark> marks = new ArrayList<>();
    private final String begun = WHEN.format(ZonedDateTime.now(ZoneOffset.UTC));

    /**
     * A URL has come to its end.
     *
     * @param queueBegan since when it waited for its permit, after the program's start
     * @param steps since its permit
     */
    public void add(Result result, Duration queueBegan, List<FetchProgress.Step> steps) {
        var times = result.transfer();
        if (times == null) {
            return;
        }
        var from = micros(queueBegan.plus(times.queued()));
        var to = from + micros(times.took());
        var spans = new ArrayList<Span>();
        for (var i = 0; i < steps.size(); i++) {
            var begin = from + micros(steps.get(i).at());
            var end = i + 1 < steps.size() ? from + micros(steps.get(i + 1).at()) : to;
            var phase = steps.get(i).phase();
            if (end > begin) {
                // a phase may begin after the URL was given up: the client's threads are not awaited
                spans.add(new Span(Math.min(begin, to), Math.min(end, to), phase != Phase.BODY, words(phase)));
            }
        }
        lane(result, from, to, micros(queueBegan), spans);
    }

    /** A URL that was never sent has come to its end. */
    public void addUnsent(Result result, Duration now) {
        lane(result, micros(now), micros(now), Lane.NOT_QUEUED, List.of());
    }

    private void lane(Result result, long from, long to, long queued, List<Span> spans) {
        var facts = new ArrayList<Fact>();
        switch (result.outcome()) {
            case Outcome.Ok(var status) -> facts.add(new Fact("Status", String.valueOf(status)));
            case Outcome.Failed(var status) -> facts.add(new Fact("Status", String.valueOf(status)));
            case Outcome.Broken(var kind, var cause) -> facts.add(new Fact("Cause", kind + ": " + cause));
            case Outcome.TimedOut(var phase, var limit) ->
                facts.add(new Fact("Cause", phase.missing() + " in " + DurationText.format(limit)));
            case Outcome.Cut(var phase) -> facts.add(new Fact("Cause", phase.missing() + " when the run ended"));
            case Outcome.Unstarted() -> facts.add(new Fact("Cause", "not begun when the run ended"));
        }
        if (result.resumed()) {
            facts.add(new Fact("Note", "fetched by an earlier run"));
        }
        facts(result.transfer(), facts);
        var verdict = result.verdict();
        lanes.add(new Lane(
                lanes.size() + 1L,
                0,
                0,
                result.url(),
                "",
                from,
                to,
                queued,
                switch (verdict) {
                    case OK -> State.SUCCESS;
                    case FAILED, ERROR -> State.FAILURE;
                    case TIMEOUT, CUT -> State.CANCELLED;
                    case UNSTARTED -> State.NONE;
                },
                verdict.toString(),
                tag(result.outcome()),
                Role.WORK,
                spans,
                facts));
    }

    /** At the bar: the status, or which kind of end it was. */
    private static String tag(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Ok(var status) -> String.valueOf(status);
            case Outcome.Failed(var status) -> String.valueOf(status);
            case Outcome.Broken(var kind, var _) -> kind.toString();
            default -> outcome.verdict().toString();
        };
    }

    private static void facts(@Nullable Transfer transfer, List<Fact> facts) {
        if (transfer == null) {
            return;
        }
        if (transfer.tries() > 1) {
            facts.add(new Fact("Tries", String.valueOf(transfer.tries())));
        }
        if (transfer.bytes() > 0) {
            facts.add(new Fact("Read", ByteText.format(transfer.bytes())));
        }
        if (transfer.finalUrl() != null) {
            facts.add(new Fact("Led to", transfer.finalUrl().toString()));
        }
        if (transfer.remote() != null && transfer.remote().member() != null) {
            facts.add(new Fact("Member", transfer.remote().member()));
        }
        if (transfer.file() != null) {
            facts.add(new Fact("File", transfer.file().toString()));
        }
        if (transfer.note() != null) {
            facts.add(new Fact("Note", transfer.note()));
        }
    }

    private static String words(Phase phase) {
        return switch (phase) {
            case LOOKUP -> "looks for the host";
            case ANSWER -> "waits for an answer";
            case BODY -> "reads the body";
            case MEMBER -> "is with a member";
            case PAUSE -> "waits for its next try";
        };
    }

    /**
     * The picture, when all has been added.
     *
     * @param jvmStart how long the JVM had been starting before the program's own start
     * @param ready when the first URL could begin, after the program's start
     */
    public Timeline finish(Summary summary, Duration jvmStart, Duration ready) {
        var deadline = summary.deadline();
        if (deadline != null && summary.ending() == Ending.DEADLINE) {
            var cut = summary.tally().of(Verdict.CUT) + summary.tally().of(Verdict.UNSTARTED);
            marks.add(new Mark(micros(deadline), "deadline", 0, cut + " had not ended"));
        }
        var end = Math.max(
                micros(summary.elapsed()),
                lanes.stream().mapToLong(Lane::toMicros).max().orElse(0));
        var all = new ArrayList<Lane>();
        if (!lanes.isEmpty() && micros(jvmStart.plus(ready)) * LEAST_PART >= end) {
            all.add(start(-micros(jvmStart), micros(ready)));
        }
        all.addAll(HostLanes.of(lanes));
        return new Timeline(
                "weft fetch",
                begun + undrawn(summary.tally().total() - lanes.size()),
                Timeline.Kind.FETCH,
                end,
                all,
                marks,
                "Nothing was fetched.");
    }

    private static String undrawn(int count) {
        return count > 0 ? "; " + count + " more are counted only, and have no lane" : "";
    }

    private static Lane start(long from, long to) {
        var spans = new ArrayList<Span>();
        if (from < 0) {
            spans.add(new Span(from, 0, true, "the Java virtual machine starts"));
        }
        spans.add(new Span(0, to, false, "the program starts: options, client, output"));
        var facts = from < 0
                ? List.of(new Fact("Of it Java", DurationText.format(Duration.ofNanos(-from * 1_000))))
                : List.<Fact>of();
        return new Lane(
                START,
                0,
                0,
                "start of the program",
                "",
                from,
                to,
                Lane.NOT_QUEUED,
                State.NONE,
                "start, before anything could be fetched",
                "start",
                Role.START,
                spans,
                facts);
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1_000;
    }
}
