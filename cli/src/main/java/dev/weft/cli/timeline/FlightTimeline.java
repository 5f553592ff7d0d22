package dev.weft.cli.timeline;

import dev.weft.cli.timeline.Timeline.Fact;
import dev.weft.cli.timeline.Timeline.Lane;
import dev.weft.cli.timeline.Timeline.Mark;
import dev.weft.cli.timeline.Timeline.Role;
import dev.weft.cli.timeline.Timeline.Span;
import dev.weft.cli.timeline.Timeline.State;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/** Reads the timeline out of a flight recording. Used once, by one thread. */
public final class FlightTimeline {

    private static final String PREFIX = "dev.weft.";
    private static final DateTimeFormatter WHEN =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS 'UTC'", Locale.ROOT);

    private final Map<Long, Seen> tasks = new LinkedHashMap<>();
    private final Map<String, Seen> threads = new HashMap<>();
    private final List<RecordedEvent> marks = new ArrayList<>();
    private Instant first = Instant.MAX;
    private Instant last = Instant.MIN;
    private long nextThread = -1;

    private FlightTimeline() {}

    /** Facts about a task, or about a thread that is not one. */
    private static final class Seen {
        final long id;
        String name;
        long parent;

        @Nullable
        Instant from;

        @Nullable
        Instant to;

        State state = State.OPEN;
        final List<RecordedEvent> waits = new ArrayList<>();
        final List<Fact> facts = new ArrayList<>();
        final List<Seen> children = new ArrayList<>();

        Seen(long id, String name) {
            this.id = id;
            this.name = name;
        }

        boolean isThread() {
            return id < 0;
        }

        void from(Instant time) {
            from = from == null || time.isBefore(from) ? time : from;
        }
    }

    /**
     * The tasks of a recording.
     *
     * @throws IOException if it cannot be read, or is no recording
     */
    public static Timeline read(Path file) throws IOException {
        var reader = new FlightTimeline();
        try (var recording = new RecordingFile(file)) {
            while (recording.hasMoreEvents()) {
                reader.take(recording.readEvent());
            }
        }
        var name = file.getFileName();
        return reader.timeline(name == null ? file.toString() : name.toString());
    }

    private void take(RecordedEvent event) {
        var type = event.getEventType().getName();
        first = event.getStartTime().isBefore(first) ? event.getStartTime() : first;
        last = event.getEndTime().isAfter(last) ? event.getEndTime() : last;
        if (!type.startsWith(PREFIX)) {
            return;
        }
        switch (type.substring(PREFIX.length())) {
            case "Task" -> ended(event);
            case "TaskStart" -> begun(event).from(event.getStartTime());
            case "TaskFailure" -> failed(event);
            case "Wait" -> activity(event).waits.add(event);
            case "Cancel", "Timeout", "IgnoresCancellation", "HeldEventLoop" -> marks.add(event);
            default -> {
                // of a later version
            }
        }
    }

    private Seen begun(RecordedEvent event) {
        var task = task(event.getLong("task"), event.getString("name"));
        task.name = event.getString("name");
        task.parent = event.getLong("parent");
        var parentName = event.getString("parentName");
        if (task.parent != 0) {
            task(task.parent, unquoted(parentName));
        } else if (parentName.startsWith("thread ")) {
            task.parent = thread(parentName).id;
        }
        return task;
    }

    private void ended(RecordedEvent event) {
        var task = begun(event);
        task.from = event.getStartTime();
        task.to = event.getEndTime();
        task.state = switch (event.getString("outcome")) {
            case "success" -> State.SUCCESS;
            case "failure" -> State.FAILURE;
            default -> State.CANCELLED;
        };
        task.facts.clear();
        fact(task, "Started by", event.getString("call"));
        fact(task, "Exception", event.getString("exception"));
        fact(task, task.state == State.FAILURE ? "Message" : "Why", event.getString("reason"));
        fact(task, "Asked by", event.getString("origin"));
    }

    private void failed(RecordedEvent event) {
        var task = begun(event);
        if (task.to == null) {
            task.from(event.getStartTime());
            task.to = event.getStartTime();
            task.state = State.FAILURE;
            fact(task, "Exception", event.getString("exception"));
            fact(task, "Message", event.getString("reason"));
        }
    }

    private static void fact(Seen task, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            task.facts.add(new Fact(name, value));
        }
    }

    private Seen task(long number, String name) {
        return tasks.computeIfAbsent(number, _ -> new Seen(number, name));
    }

    private Seen thread(String name) {
        return threads.computeIfAbsent(name, _ -> {
            var thread = new Seen(nextThread--, name);
            thread.state = State.NONE;
            return thread;
        });
    }

    private Seen activity(RecordedEvent event) {
        var number = event.getLong("task");
        var name = event.getString("name");
        return number == 0 ? thread(name) : task(number, unquoted(name));
    }

    /** {@code a} of {@code task 'a'}. */
    private static String unquoted(String described) {
        return described.startsWith("task '") && described.endsWith("'")
                ? described.substring(6, described.length() - 1)
                : described;
    }

    // ---- when all has been read

    private Timeline timeline(String title) {
        var tops = new ArrayList<Seen>(threads.values());
        for (var task : tasks.values()) {
            var parent = tasks.get(task.parent);
            if (parent == null) {
                parent = threads.values().stream()
                        .filter(thread -> thread.id == task.parent)
                        .findFirst()
                        .orElse(null);
            }
            (parent == null || parent == task ? tops : parent.children).add(task);
        }
        // a thread that owns nothing and only waits for a run is no news
        tops.removeIf(top -> top.isThread() && top.children.isEmpty());
        bottomUp(tops).forEach(this::fillIn);
        var lanes = new ArrayList<Lane>();
        var open = new ArrayDeque<Level>();
        push(tops, 0, 0, open);
        var begin =
                tops.stream().map(this::begin).min(Comparator.naturalOrder()).orElse(first);
        while (!open.isEmpty()) {
            var next = open.pop();
            lanes.add(lane(next, begin));
            push(next.seen.children, next.seen.id, next.depth + 1, open);
        }
        var end = lanes.stream().mapToLong(Lane::toMicros).max().orElse(0);
        return new Timeline(
                title,
                lanes.isEmpty() ? "" : WHEN.format(begin.atOffset(ZoneOffset.UTC)),
                Timeline.Kind.TASKS,
                end,
                lanes,
                marks.stream()
                        .map(event -> mark(event, begin))
                        .filter(mark -> mark.atMicros() >= 0 && mark.atMicros() <= end)
                        .toList(),
                "There are no events of Weft's in this recording.");
    }

    private record Level(Seen seen, long parent, int depth) {}

    private void push(List<Seen> siblings, long parent, int depth, ArrayDeque<Level> open) {
        siblings.sort(Comparator.comparing(this::begin).thenComparingLong(seen -> seen.id));
        siblings.reversed().forEach(seen -> open.push(new Level(seen, parent, depth)));
    }

    private Instant begin(Seen seen) {
        return seen.from == null ? last : seen.from;
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
    private void fillIn(Seen seen) {
        seen.waits.sort(Comparator.comparing(RecordedEvent::getStartTime));
        if (seen.from == null) {
            seen.children.forEach(child -> seen.from(begin(child)));
            seen.waits.forEach(wait -> seen.from(wait.getStartTime()));
        }
        if (seen.to == null) {
            seen.to = last;
            if (seen.isThread()) {
                seen.to = begin(seen);
                seen.children.forEach(child -> later(seen, child.to));
                seen.waits.forEach(wait -> later(seen, wait.getEndTime()));
            }
        }
    }

    private static void later(Seen seen, @Nullable Instant time) {
        if (time != null && (seen.to == null || time.isAfter(seen.to))) {
            seen.to = time;
        }
    }

    private Lane lane(Level level, Instant begin) {
        var seen = level.seen;
        var from = micros(begin, begin(seen));
        var to = Math.max(from, seen.to == null ? from : micros(begin, seen.to));
        var spans = seen.waits.stream()
                .map(wait -> new Span(
                        Math.max(from, micros(begin, wait.getStartTime())),
                        Math.min(to, micros(begin, wait.getEndTime())),
                        true,
                        "waits for " + wait.getString("waitingFor")))
                .toList();
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
                "",
                "",
                seen.isThread() ? Role.OWNER : Role.WORK,
                spans,
                seen.facts);
    }

    private static long micros(Instant begin, Instant time) {
        return ChronoUnit.MICROS.between(begin, time);
    }

    private Mark mark(RecordedEvent event, Instant begin) {
        var at = micros(begin, event.getStartTime());
        return switch (event.getEventType().getName().substring(PREFIX.length())) {
            case "Timeout" ->
                new Mark(
                        at - event.getDuration("late").toNanos() / 1_000,
                        "deadline",
                        lane(event),
                        event.getString("limit") + " of " + event.getString("name"));
            case "Cancel" ->
                new Mark(
                        at,
                        "cancel",
                        lane(event),
                        (event.getBoolean("children") ? "its children are asked to stop: " : "is asked to stop: ")
                                + event.getString("reason") + ", by " + event.getString("origin"));
            case "IgnoresCancellation" ->
                new Mark(at, "warning", lane(event), "still runs: " + event.getString("reason"));
            default ->
                new Mark(at, "warning", laneNamed(event.getString("holder")), "has kept the event loop from running");
        };
    }

    private long lane(RecordedEvent event) {
        var number = event.getLong("task");
        var thread = threads.get(event.getString("name"));
        return number != 0 ? number : thread == null ? 0 : thread.id;
    }

    private long laneNamed(String name) {
        return tasks.values().stream()
                .filter(task -> task.name.equals(name))
                .mapToLong(task -> task.id)
                .findFirst()
                .orElse(0);
    }
}
