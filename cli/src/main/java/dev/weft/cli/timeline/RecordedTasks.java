package dev.weft.cli.timeline;

import dev.weft.cli.timeline.Timeline.State;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** The events of one recording. Tasks of different recordings have different numbers. */
final class RecordedTasks {

    static final String PREFIX = "dev.weft.";

    /** More tasks than any recording has. */
    private static final long NUMBERS = 1L << 40;

    private final int index;
    final String title;
    final Map<Long, Seen> tasks = new LinkedHashMap<>();
    final Map<String, Seen> threads = new HashMap<>();
    final List<RecordedEvent> marks = new ArrayList<>();
    final List<RecordedEvent> calls = new ArrayList<>();
    private final Map<String, List<Seen>> byName = new HashMap<>();
    final List<Seen> lanesOfCalls = new ArrayList<>();
    private Instant last = Instant.EPOCH;

    private Duration shift = Duration.ZERO;

    private RecordedTasks(int index, String title) {
        this.index = index;
        this.title = title;
    }

    /**
     * Reads a recording.
     *
     * @param index which one it is, from 0
     * @throws IOException if it cannot be read, or is not a recording
     */
    static RecordedTasks read(Path file, int index) throws IOException {
        var name = file.getFileName();
        var read = new RecordedTasks(index, name == null ? file.toString() : name.toString());
        try (var recording = new RecordingFile(file)) {
            while (recording.hasMoreEvents()) {
                read.take(recording.readEvent());
            }
        }
        return read;
    }

    private void take(RecordedEvent event) {
        var type = event.getEventType().getName();
        last = event.getEndTime().isAfter(last) ? event.getEndTime() : last;
        if (!type.startsWith(PREFIX)) {
            return;
        }
        switch (type.substring(PREFIX.length())) {
            case "Task" -> ended(event);
            case "TaskStart" -> begun(event).from(event.getStartTime());
            case "TaskFailure" -> failed(event);
            case "Wait" -> activity(event).waits.add(event);
            case "RemoteCall" -> calls.add(event);
            case "Cancel", "Timeout", "IgnoresCancellation", "HeldEventLoop" -> marks.add(event);
            default -> {
                // of a later version
            }
        }
    }

    private Seen begun(RecordedEvent event) {
        var task = task(event.getLong("task"), event.getString("name"));
        task.name = event.getString("name");
        var parent = event.getLong("parent");
        var parentName = event.getString("parentName");
        if (parent != 0) {
            task.parent = task(parent, unquoted(parentName)).id;
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
        task.fact("Started by", event.getString("call"));
        task.fact("Exception", event.getString("exception"));
        task.fact(task.state == State.FAILURE ? "Message" : "Why", event.getString("reason"));
        task.fact("Asked by", event.getString("origin"));
    }

    private void failed(RecordedEvent event) {
        var task = begun(event);
        if (task.to == null) {
            task.from(event.getStartTime());
            task.to = event.getStartTime();
            task.state = State.FAILURE;
            task.fact("Exception", event.getString("exception"));
            task.fact("Message", event.getString("reason"));
        }
    }

    long id(long number) {
        return index * NUMBERS + number;
    }

    private Seen task(long number, String name) {
        return tasks.computeIfAbsent(id(number), id -> new Seen(id, name));
    }

    private Seen thread(String name) {
        return threads.computeIfAbsent(name, _ -> Seen.owner(-id(threads.size() + 1), name));
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

    // ---- when all have been read

    List<Seen> tasksNamed(String name) {
        if (byName.isEmpty()) {
            tasks.values()
                    .forEach(task -> byName.computeIfAbsent(task.name, _ -> new ArrayList<>())
                            .add(task));
        }
        return byName.getOrDefault(name, List.of());
    }

    /** All times are later by so much from now on. */
    void shiftBy(Duration by) {
        shift = by;
        tasks.values().forEach(task -> task.shiftBy(by));
        threads.values().forEach(thread -> thread.shiftBy(by));
    }

    Instant begin(RecordedEvent event) {
        return event.getStartTime().plus(shift);
    }

    Instant end(RecordedEvent event) {
        return event.getEndTime().plus(shift);
    }

    /** All lanes, each with the end of what is known. */
    List<Seen> all() {
        var all = new ArrayList<>(threads.values());
        all.addAll(tasks.values());
        all.addAll(lanesOfCalls);
        all.forEach(seen -> seen.last = last.plus(shift));
        return all;
    }

    /** The owner of a mark; 0 if unknown. */
    long lane(RecordedEvent event) {
        var number = event.getLong("task");
        var thread = threads.get(event.getString("name"));
        return number != 0 ? id(number) : thread == null ? 0 : thread.id;
    }

    long laneNamed(String name) {
        return tasks.values().stream()
                .filter(task -> task.name.equals(name))
                .mapToLong(task -> task.id)
                .findFirst()
                .orElse(0);
    }
}
