package dev.weft.examples.guide;

import dev.weft.Body;
import dev.weft.Cancellation;
import dev.weft.CancelledException;
import dev.weft.Defaults;
import dev.weft.Outcome;
import dev.weft.Task;
import dev.weft.TaskListener;
import dev.weft.Weft;
import dev.weft.cli.timeline.Timeline;
import dev.weft.cli.timeline.Timeline.Fact;
import dev.weft.cli.timeline.Timeline.Lane;
import dev.weft.cli.timeline.Timeline.Mark;
import dev.weft.cli.timeline.Timeline.Role;
import dev.weft.cli.timeline.Timeline.Span;
import dev.weft.cli.timeline.Timeline.State;
import dev.weft.test.Schedule;
import dev.weft.test.Simulation;
import dev.weft.test.Turn;
import dev.weft.test.VoidWorldBody;
import dev.weft.test.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a program of a page does under the simulation, as a timeline: the same in each run, on each machine. The
 * simulation's turns tell when a task waits, a listener tells how it ends, and {@link Page#fetch} tells when it works.
 * Programs are recorded one at a time.
 */
final class Recording implements TaskListener {

    private static volatile @Nullable Recording current;

    private final World world;
    private final Map<Task<?>, Seen> tasks = new LinkedHashMap<>();
    private final List<Mark> marks = new ArrayList<>();

    /** A task. All times are microseconds. */
    private static final class Seen {
        final Task<?> task;
        final long number;
        final long from;
        long to = -1;
        State state = State.OPEN;
        final List<Fact> facts = new ArrayList<>();
        final List<Span> calls = new ArrayList<>();
        final List<Span> waits = new ArrayList<>();

        Seen(Task<?> task, long number, long from) {
            this.task = task;
            this.number = number;
            this.from = from;
        }

        String name() {
            if (task.isNamed()) {
                return task.name();
            }
            var works = calls.stream().map(Span::what).distinct().toList();
            return number == 1 ? "main" : works.size() == 1 ? works.getFirst() : "task " + number;
        }
    }

    private Recording(World world) {
        this.world = world;
    }

    /** Runs {@code program} in the event loop's order. */
    static Timeline of(String title, VoidWorldBody<?> program) throws InterruptedException {
        var made = new ArrayList<Recording>();
        var trace = Simulation.create().replay(Schedule.FIFO, world -> {
            var recording = new Recording(world);
            made.add(recording);
            recording.started(Weft.currentTask().orElseThrow());
            current = recording;
            var listener = Weft.install(Defaults.builder().listener(recording).build());
            try {
                program.execute(world);
            } finally {
                recording.ended(Weft.currentTask().orElseThrow(), new Outcome.Success<>(null), Duration.ZERO);
                listener.remove();
                current = null;
            }
        });
        var recording = made.getFirst();
        recording.takeWaits(trace.turns());
        return recording.timeline(title);
    }

    /** Runs {@code body}, and shows the caller as at work if its program is being recorded. */
    static <T> T atWork(String what, Body<T, RuntimeException> body) throws InterruptedException {
        var recording = current;
        var self = recording == null
                ? null
                : Weft.currentTask().map(recording.tasks::get).orElse(null);
        if (recording == null || self == null) {
            return body.run();
        }
        var from = recording.now();
        self.calls.add(new Span(from, Long.MAX_VALUE, false, what));
        try {
            return body.run();
        } catch (CancelledException e) {
            recording.cancelled(self, e.cancellation());
            throw e;
        } finally {
            self.calls.set(self.calls.size() - 1, new Span(from, recording.now(), false, what));
        }
    }

    // ---- while it runs

    private long now() {
        return TimeUnit.MICROSECONDS.convert(world.currentTime());
    }

    @Override
    public void started(Task<?> task) {
        tasks.put(task, new Seen(task, tasks.size() + 1, now()));
    }

    @Override
    public void ended(Task<?> task, Outcome<?> outcome, Duration ran) {
        var seen = tasks.get(task);
        if (seen == null) {
            return;
        }
        seen.to = now();
        switch (outcome) {
            case Outcome.Success<?> _ -> seen.state = State.SUCCESS;
            case Outcome.Failure<?>(var exception) -> {
                seen.state = State.FAILURE;
                seen.facts.add(new Fact("Exception", exception.getClass().getName()));
            }
            case Outcome.Cancelled<?>(var cancellation, var _) -> {
                seen.state = State.CANCELLED;
                cancelled(seen, cancellation);
            }
        }
    }

    private void cancelled(Seen seen, Cancellation cancellation) {
        var at = now() + TimeUnit.MICROSECONDS.convert(cancellation.at().remaining());
        var isLimit = cancellation.origin().startsWith("timeout");
        var mark = isLimit
                ? new Mark(at, "deadline", 0, cancellation.origin())
                : new Mark(at, "cancel", seen.number, "is asked to stop by " + cancellation.origin());
        if (marks.stream().noneMatch(mark::equals)) {
            marks.add(mark);
        }
        if (isLimit) {
            marks.add(new Mark(at, "cancel", seen.number, "is asked to stop by the " + cancellation.origin()));
        }
    }

    // ---- when it has ended

    /** A task waits from the end of one turn, which takes no time, to the beginning of its next. */
    private void takeWaits(List<Turn> turns) {
        var names = new LinkedHashMap<String, Seen>();
        var open = new LinkedHashMap<Seen, Turn>();
        for (var turn : turns) {
            var seen =
                    names.computeIfAbsent(turn.task(), name -> seen(name, names).orElse(null));
            if (seen == null) {
                continue; // a callback's
            }
            var wait = open.remove(seen);
            if (wait != null && wait.end().startsWith("waits for ")) {
                addWait(seen, TimeUnit.MICROSECONDS.convert(wait.time()), TimeUnit.MICROSECONDS.convert(turn.time()));
            }
            open.put(seen, turn);
        }
    }

    /** The turns name tasks in the order in which they have begun. */
    private Optional<Seen> seen(String name, Map<String, Seen> known) {
        return tasks.values().stream()
                .filter(seen -> !known.containsValue(seen))
                .findFirst()
                .filter(seen -> seen.task.isNamed()
                        ? name.startsWith(seen.task.name())
                        : name.startsWith("#") || name.equals("main"));
    }

    private static void addWait(Seen seen, long from, long to) {
        if (to > from && seen.calls.stream().noneMatch(call -> call.fromMicros() <= from && call.toMicros() >= to)) {
            seen.waits.add(new Span(from, to, true, ""));
        }
    }

    private Timeline timeline(String title) {
        var lanes = tasks.values().stream().map(this::lane).toList();
        var end = lanes.stream().mapToLong(Lane::toMicros).max().orElse(0);
        return new Timeline(
                title,
                "",
                Timeline.Kind.TASKS,
                end,
                lanes,
                marks.stream().map(this::withNamesOfThePicture).toList(),
                "");
    }

    /** The number in a task's own name counts all tasks of the process. */
    private Mark withNamesOfThePicture(Mark mark) {
        var text = mark.text();
        for (var seen : tasks.values()) {
            text = text.replace("'" + seen.task.name() + "'", "'" + seen.name() + "'");
        }
        return new Mark(mark.atMicros(), mark.kind(), mark.lane(), text);
    }

    private Lane lane(Seen seen) {
        var spans = new ArrayList<>(seen.waits);
        seen.calls.forEach(call -> spans.add(new Span(
                call.fromMicros(), call.toMicros(), false, call.what().equals(seen.name()) ? "" : call.what())));
        spans.sort((a, b) -> Long.compare(a.fromMicros(), b.fromMicros()));
        return new Lane(
                seen.number,
                seen.number == 1 ? 0 : 1,
                seen.number == 1 ? 0 : 1,
                seen.name(),
                "",
                seen.from,
                seen.to < 0 ? now() : seen.to,
                Lane.NOT_QUEUED,
                seen.state,
                "",
                "",
                Role.WORK,
                spans,
                seen.facts);
    }
}
