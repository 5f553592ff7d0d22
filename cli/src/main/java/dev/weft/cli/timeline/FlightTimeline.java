package dev.weft.cli.timeline;

import dev.weft.cli.text.DurationText;
import dev.weft.cli.timeline.Timeline.Lane;
import dev.weft.cli.timeline.Timeline.Mark;
import dev.weft.cli.timeline.Timeline.Span;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedEvent;
import org.jspecify.annotations.Nullable;

/** Reads the timeline out of flight recordings. Used once, by one thread. */
public final class FlightTimeline {

    private static final DateTimeFormatter WHEN =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS 'UTC'", Locale.ROOT);

    /** Beyond the threads of all recordings. */
    private static final long FIRST_OWNER = -(1L << 50);

    private final List<RecordedTasks> recordings = new ArrayList<>();

    /**
     * Reads one more recording.
     *
     * @throws IOException if it cannot be read, or is not a recording
     */
    public void add(Path file) throws IOException {
        recordings.add(RecordedTasks.read(file, recordings.size()));
    }

    /**
     * The tasks of all recordings, on the time of the first. The clocks of the others are compared by calls that both
     * sides have recorded. Called once.
     */
    public Timeline timeline() {
        var calls = new RemoteCalls(recordings);
        var clocks = shift(calls.clocks());
        calls.addLanes();
        var tops = tops();
        bottomUp(tops).forEach(FlightTimeline::fillIn);
        var lanes = new ArrayList<Lane>();
        var open = new ArrayDeque<Level>();
        push(tops, 0, 0, open);
        var begin = tops.stream()
                .map(FlightTimeline::begin)
                .min(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
        while (!open.isEmpty()) {
            var next = open.pop();
            lanes.add(lane(next, begin));
            push(next.seen.children, next.seen.id, next.depth + 1, open);
        }
        var end = lanes.stream().mapToLong(Lane::toMicros).max().orElse(0);
        return new Timeline(
                recordings.stream().map(recording -> recording.title).collect(Collectors.joining(", ")),
                lanes.isEmpty() ? "" : WHEN.format(begin.atOffset(ZoneOffset.UTC)) + clocks,
                Timeline.Kind.TASKS,
                end,
                lanes,
                recordings.stream()
                        .flatMap(recording -> recording.marks.stream().map(event -> mark(recording, event, begin)))
                        .filter(mark -> mark.atMicros() >= 0 && mark.atMicros() <= end)
                        .toList(),
                "There are no events of Weft's in this recording.");
    }

    /** @return what is to be said of the clocks */
    private String shift(Clocks clocks) {
        var offsets = clocks.ofFirst();
        var text = new StringBuilder();
        for (var i = 1; i < recordings.size(); i++) {
            var recording = recordings.get(i);
            var bounds = offsets.get(i);
            text.append("; clock of ").append(recording.title).append(": ").append(clock(bounds));
            if (bounds != null) {
                recording.shiftBy(bounds.offset());
            }
        }
        return text.toString();
    }

    private static String clock(Clocks.@Nullable Bounds bounds) {
        if (bounds == null) {
            return "not compared, as no call connects it with the first";
        }
        var offset = bounds.offset();
        var error = DurationText.rough(bounds.error());
        if (offset.isZero()) {
            return "agrees within " + error;
        }
        return DurationText.rough(offset.abs()) + (offset.isNegative() ? " ahead" : " behind") + ", ±" + error;
    }

    /** Puts all below their owners. Tasks that own each other in a circle are left out. */
    private List<Seen> tops() {
        var all = new HashMap<Long, Seen>();
        recordings.forEach(recording -> recording.all().forEach(seen -> all.put(seen.id, seen)));
        var tops = new ArrayList<Seen>();
        for (var i = 0; i < recordings.size(); i++) {
            var recording = recordings.get(i);
            var own = new ArrayList<Seen>();
            for (var seen : recording.all()) {
                var parent = all.get(seen.parent);
                (parent == null || parent == seen ? own : parent.children).add(seen);
            }
            // a thread that owns nothing and only waits for a run is no news
            own.removeIf(top -> top.isOwner() && top.children.isEmpty());
            if (recordings.size() > 1 && !own.isEmpty()) {
                var owner = Seen.owner(FIRST_OWNER - i, recording.title);
                owner.children.addAll(own);
                tops.add(owner);
            } else {
                tops.addAll(own);
            }
        }
        return tops;
    }

    private record Level(Seen seen, long parent, int depth) {}

    private static void push(List<Seen> siblings, long parent, int depth, ArrayDeque<Level> open) {
        siblings.sort(Comparator.comparing(FlightTimeline::begin).thenComparingLong(seen -> seen.id));
        siblings.reversed().forEach(seen -> open.push(new Level(seen, parent, depth)));
    }

    private static Instant begin(Seen seen) {
        return seen.from == null ? seen.last : seen.from;
    }

    private static List<Seen> bottomUp(List<Seen> tops) {
        var order = new ArrayList<Seen>();
        var open = new ArrayDeque<>(tops);
        while (!open.isEmpty()) {
            var next = open.pop();
            order.add(next);
            next.children.forEach(open::push);
        }
        return order.reversed();
    }

    /** A task that began before the recording, or has not ended, was there at least as long as its events. */
    private static void fillIn(Seen seen) {
        seen.waits.sort(Comparator.comparing(RecordedEvent::getStartTime));
        if (seen.from == null) {
            seen.children.forEach(child -> seen.from(begin(child)));
            seen.waits.forEach(wait -> seen.from(seen.begin(wait)));
        }
        if (seen.to == null) {
            seen.to = seen.last;
            if (seen.isOwner()) {
                seen.to = begin(seen);
                seen.children.forEach(child -> later(seen, child.to));
                seen.waits.forEach(wait -> later(seen, seen.end(wait)));
            }
        }
    }

    private static void later(Seen seen, @Nullable Instant time) {
        if (time != null && (seen.to == null || time.isAfter(seen.to))) {
            seen.to = time;
        }
    }

    private static Lane lane(Level level, Instant begin) {
        var seen = level.seen;
        var from = micros(begin, begin(seen));
        var to = Math.max(from, seen.to == null ? from : micros(begin, seen.to));
        var spans = new ArrayList<Span>();
        if (seen.queued.isPositive()) {
            spans.add(new Span(from, Math.min(to, from + seen.queued.toNanos() / 1_000), true, "waits for a place"));
        }
        for (var wait : seen.waits) {
            spans.add(new Span(
                    Math.max(from, micros(begin, seen.begin(wait))),
                    Math.min(to, micros(begin, seen.end(wait))),
                    true,
                    "waits for " + wait.getString("waitingFor")));
        }
        return new Lane(
                seen.id,
                level.parent,
                level.depth,
                seen.name,
                "",
                from,
                to,
                Lane.NOT_QUEUED,
                seen.state,
                seen.word,
                "",
                seen.role(),
                spans,
                seen.facts);
    }

    private static long micros(Instant begin, Instant time) {
        return ChronoUnit.MICROS.between(begin, time);
    }

    private static Mark mark(RecordedTasks recording, RecordedEvent event, Instant begin) {
        var at = micros(begin, recording.begin(event));
        return switch (event.getEventType().getName().substring(RecordedTasks.PREFIX.length())) {
            case "Timeout" ->
                new Mark(
                        at - event.getDuration("late").toNanos() / 1_000,
                        "deadline",
                        recording.lane(event),
                        event.getString("limit") + " of " + event.getString("name"));
            case "Cancel" ->
                new Mark(
                        at,
                        "cancel",
                        recording.lane(event),
                        (event.getBoolean("children") ? "its children are asked to stop: " : "is asked to stop: ")
                                + event.getString("reason") + ", by " + event.getString("origin"));
            case "IgnoresCancellation" ->
                new Mark(at, "warning", recording.lane(event), "still runs: " + event.getString("reason"));
            default ->
                new Mark(
                        at,
                        "warning",
                        recording.laneNamed(event.getString("holder")),
                        "has kept the event loop from running");
        };
    }
}
