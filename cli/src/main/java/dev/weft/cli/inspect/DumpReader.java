package dev.weft.cli.inspect;

import dev.weft.cli.inspect.CannotInspectException.Kind;
import dev.weft.diagnostics.Entry;
import dev.weft.diagnostics.TaskDump;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads what a process tells of its tasks. Fields that it does not know, as of a later Weft, are passed over. */
final class DumpReader {

    private static final JsonFactory JSON = new JsonFactory();

    /** Times between these can be computed with, in nanoseconds too. */
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    /** A task in a task in a task: as a recursion goes, without its stack. */
    private static final int MAX_DEPTH = 1000;

    private final JsonParser parser;

    private DumpReader(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * Reads a dump.
     *
     * @throws CannotInspectException if it is none
     */
    static TaskDump read(String json, long pid) throws CannotInspectException {
        try (var parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            var dump = new DumpReader(parser).dump();
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException("something follows the end");
            }
            return dump;
        } catch (JacksonException | IllegalArgumentException | DateTimeException | ArithmeticException e) {
            throw new CannotInspectException(
                    Kind.NOT_UNDERSTOOD,
                    "process " + pid + " uses a version of Weft whose answer this weft cannot read; use a weft of the"
                            + " same version (" + Inspection.brief(String.valueOf(e.getMessage())) + ")");
        }
    }

    private interface Field {
        void read(String name);
    }

    /** Reads the object whose beginning is the current token. */
    private void object(Field field) {
        expect(JsonToken.START_OBJECT);
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            var name = parser.currentName();
            parser.nextToken();
            field.read(name);
        }
        expect(JsonToken.END_OBJECT);
    }

    private interface Element {
        void read();
    }

    private void array(Element element) {
        expect(JsonToken.START_ARRAY);
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            element.read();
        }
    }

    private void expect(JsonToken token) {
        if (parser.currentToken() != token) {
            throw new IllegalArgumentException(parser.currentToken() + " where " + token + " should be, at "
                    + parser.currentTokenLocation().getCharOffset());
        }
    }

    private List<Long> numbers() {
        var numbers = new ArrayList<Long>();
        array(() -> numbers.add(parser.getLongValue()));
        return numbers;
    }

    private String text() {
        expect(JsonToken.VALUE_STRING);
        return parser.getString();
    }

    private TaskDump dump() {
        var it = new Object() {
            Instant takenAt = Instant.EPOCH;
            long pid;
            final List<Entry> entries = new ArrayList<>();
            final List<List<Long>> cycles = new ArrayList<>();
        };
        parser.nextToken();
        object(field -> {
            switch (field) {
                case "takenAt" -> it.takenAt = Instant.parse(text());
                case "pid" -> it.pid = parser.getLongValue();
                case "entries" -> array(() -> it.entries.add(entry()));
                case "awaitCycles" -> array(() -> it.cycles.add(numbers()));
                default -> parser.skipChildren();
            }
        });
        checkTime(it.takenAt);
        checkOwners(it.entries);
        return new TaskDump(it.takenAt, it.pid, it.entries, it.cycles);
    }

    private static void checkTime(Instant takenAt) {
        if (takenAt.isBefore(EARLIEST) || takenAt.isAfter(LATEST)) {
            throw new IllegalArgumentException("taken at " + takenAt);
        }
    }

    /** No entry may own itself, by whatever way: who draws a tree would not come to an end. */
    private static void checkOwners(List<Entry> entries) {
        var parents = new HashMap<Long, Long>();
        for (var entry : entries) {
            if (parents.put(entry.id(), entry.parent()) != null) {
                throw new IllegalArgumentException("two entries of the number " + entry.id());
            }
        }
        var depths = new HashMap<Long, Integer>();
        for (var entry : entries) {
            var path = new ArrayDeque<Long>();
            @Nullable Long id = entry.id();
            while (id != null && parents.containsKey(id) && !depths.containsKey(id)) {
                path.push(id);
                if (path.size() > MAX_DEPTH) {
                    throw new IllegalArgumentException(
                            "entry " + entry.id() + " owns itself, or has more than " + MAX_DEPTH + " owners");
                }
                id = parents.get(id);
            }
            var depth = id == null ? 0 : depths.getOrDefault(id, 0);
            for (var on : path) {
                depths.put(on, ++depth);
            }
            if (depth > MAX_DEPTH) {
                throw new IllegalArgumentException("entry " + entry.id() + " has more than " + MAX_DEPTH + " owners");
            }
        }
    }

    private Entry entry() {
        var it = new Object() {
            long id;
            long parent;
            Entry.Kind kind = Entry.Kind.TASK;
            String name = "";
            Entry.State state = Entry.State.RUNNING;

            @Nullable
            Duration age;

            @Nullable
            String waitingFor;

            List<Long> awaits = List.of();
            List<Long> awaitedBy = List.of();
            Entry.@Nullable Limit deadline;
            Entry.@Nullable Stop cancellation;

            @Nullable
            String createdAt;

            final List<String> frames = new ArrayList<>();
        };
        object(field -> {
            switch (field) {
                case "id" -> it.id = parser.getLongValue();
                case "parent" -> it.parent = parser.getLongValue();
                case "kind" -> it.kind = Entry.Kind.valueOf(text());
                case "name" -> it.name = text();
                case "state" -> it.state = Entry.State.valueOf(text());
                case "ageNanos" -> it.age = nanos();
                case "waitingFor" -> it.waitingFor = text();
                case "awaits" -> it.awaits = numbers();
                case "awaitedBy" -> it.awaitedBy = numbers();
                case "deadline" -> it.deadline = limit();
                case "cancellation" -> it.cancellation = stop();
                case "createdAt" -> it.createdAt = text();
                case "frames" -> array(() -> it.frames.add(text()));
                default -> parser.skipChildren();
            }
        });
        return new Entry(
                it.id,
                it.parent,
                it.kind,
                it.name,
                it.state,
                it.age,
                it.waitingFor,
                it.awaits,
                it.awaitedBy,
                it.deadline,
                it.cancellation,
                it.createdAt,
                it.frames);
    }

    private Duration nanos() {
        return Duration.ofNanos(parser.getLongValue());
    }

    private Entry.Limit limit() {
        var it = new Object() {
            Duration remaining = Duration.ZERO;
            String owner = "";
        };
        object(field -> {
            switch (field) {
                case "remainingNanos" -> it.remaining = nanos();
                case "owner" -> it.owner = text();
                default -> parser.skipChildren();
            }
        });
        return new Entry.Limit(it.remaining, it.owner);
    }

    private Entry.Stop stop() {
        var it = new Object() {
            int count;
            String reason = "";

            @Nullable
            String by;

            @Nullable
            Duration since;
        };
        object(field -> {
            switch (field) {
                case "count" -> it.count = parser.getIntValue();
                case "reason" -> it.reason = text();
                case "by" -> it.by = text();
                case "sinceNanos" -> it.since = nanos();
                default -> parser.skipChildren();
            }
        });
        return new Entry.Stop(it.count, it.reason, it.by, it.since);
    }
}
