package dev.weft.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.diagnostics.Entry.Kind;
import dev.weft.diagnostics.Entry.Limit;
import dev.weft.diagnostics.Entry.State;
import dev.weft.diagnostics.Entry.Stop;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A dump as text and as JSON. */
class TaskDumpTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private static final Entry FULL = new Entry(
            3,
            1,
            Kind.TASK,
            "fetch",
            State.WAITING,
            Duration.ofMillis(1500),
            "a lock held by 'other'",
            List.of(4L),
            List.of(4L, 5L),
            new Limit(Duration.ofSeconds(-2), "timeout of 10s"),
            new Stop(2, "enough", "task 'main'", Duration.ofMinutes(3)),
            "app.Main.main(Main.java:7)",
            List.of("app.Fetch.get(Fetch.java:1)", "app.Main.main(Main.java:2)"));

    private static final TaskDump DUMP = new TaskDump(
            NOON,
            42,
            List.of(
                    entry(1, 0, Kind.RUN, "run", State.RUNNING),
                    FULL,
                    entry(4, 1, Kind.TASK, "other", State.NOT_STARTED),
                    entry(1_000_000_000_001L, 4, Kind.CALL, "gather of 1", State.RUNNING),
                    entry(5, 1_000_000_000_001L, Kind.TASK, "last", State.RUNNING)),
            List.of(List.of(3L, 4L)));

    private static Entry entry(long id, long parent, Kind kind, String name, State state) {
        return new Entry(id, parent, kind, name, state, null, null, List.of(), List.of(), null, null, null, List.of());
    }

    @Test
    void text_isATreeWithTheCirclesFirst() {
        assertThat(DUMP).hasToString("""
            Weft dump of process 42 at 2026-01-01T12:00:00Z
            ERROR: these wait for each other in a circle, and none will go on unless one is cancelled:
              task 'fetch' -> task 'other' -> task 'fetch'
            run: running
            ├─ task 'fetch': waiting for a lock held by 'other', awaited by 2, 1.5 s old, \
            timeout of 10s has passed 2.0 s ago, cancelled 2 times by task 'main' (enough) 3 min 0 s ago, \
            created at app.Main.main(Main.java:7)
            │       at app.Fetch.get(Fetch.java:1)
            │       at app.Main.main(Main.java:2)
            └─ task 'other': not started
               └─ gather of 1: running
                  └─ task 'last': running
            1 run, 0 threads, 1 call, 3 tasks (1 running, 1 waiting, 1 not started)
            """);
    }

    @Test
    void text_ofVeryDeepCalls_growsAsTheyDo() {
        var nested = new ArrayList<Entry>();
        for (var depth = 0; depth < 3_000; depth++) {
            nested.add(entry(depth + 1, depth, Kind.TASK, "at " + depth, State.RUNNING));
        }
        var lines = new TaskDump(NOON, 42, nested, List.of()).toString().lines().toList();
        assertThat(lines).hasSize(3_002).allMatch(line -> line.length() < 400);
        assertThat(lines.get(100)).endsWith("   └─ task 'at 99': running");
        assertThat(lines.get(101)).endsWith("   └─ task 'at 100': running");
        assertThat(lines.get(102)).endsWith("   … depth 101: task 'at 101': running");
        assertThat(lines.get(3_000)).endsWith("   … depth 2999: task 'at 2999': running");
    }

    @Test
    void text_keepsALineALine() {
        var dump = new TaskDump(
                NOON,
                42,
                List.of(
                        entry(1, 0, Kind.TASK, "a\nb\u001b[31m\ud800", State.RUNNING),
                        entry(2, 0, Kind.TASK, "x".repeat(10_000), State.RUNNING)),
                List.of());
        assertThat(dump.toString().lines())
                .hasSize(4)
                .contains("task 'a\\u000ab\\u001b[31m\\ud800': running")
                .allMatch(line -> line.length() < 200);
    }

    @Test
    void json_hasEveryFieldAndLeavesOutNulls() {
        var json = TinyJson.object(DUMP.toJson());
        assertThat(json).containsOnlyKeys("takenAt", "pid", "entries", "awaitCycles");
        assertThat(json).containsEntry("takenAt", "2026-01-01T12:00:00Z").containsEntry("pid", 42L);
        assertThat(json.get("awaitCycles")).isEqualTo(List.of(List.of(3L, 4L)));
        var entries = (List<?>) json.get("entries");
        assertThat(entries.get(0))
                .isEqualTo(Map.of(
                        "id",
                        1L,
                        "parent",
                        0L,
                        "kind",
                        "RUN",
                        "name",
                        "run",
                        "state",
                        "RUNNING",
                        "awaits",
                        List.of(),
                        "awaitedBy",
                        List.of(),
                        "frames",
                        List.of()));
        assertThat(entries.get(1))
                .isEqualTo(Map.ofEntries(
                        Map.entry("id", 3L),
                        Map.entry("parent", 1L),
                        Map.entry("kind", "TASK"),
                        Map.entry("name", "fetch"),
                        Map.entry("state", "WAITING"),
                        Map.entry("ageNanos", 1_500_000_000L),
                        Map.entry("waitingFor", "a lock held by 'other'"),
                        Map.entry("awaits", List.of(4L)),
                        Map.entry("awaitedBy", List.of(4L, 5L)),
                        Map.entry("deadline", Map.of("remainingNanos", -2_000_000_000L, "owner", "timeout of 10s")),
                        Map.entry(
                                "cancellation",
                                Map.of(
                                        "count",
                                        2L,
                                        "reason",
                                        "enough",
                                        "by",
                                        "task 'main'",
                                        "sinceNanos",
                                        180_000_000_000L)),
                        Map.entry("createdAt", "app.Main.main(Main.java:7)"),
                        Map.entry("frames", List.of("app.Fetch.get(Fetch.java:1)", "app.Main.main(Main.java:2)"))));
    }

    @Test
    void json_survivesAnyName() {
        for (var name : List.of("\"\\\n\t\r", "\u0000\u001f\u007f\u2028", "ä€😀", "\ud800", "\udc00x", "")) {
            var dump = new TaskDump(NOON, 1, List.of(entry(1, 0, Kind.TASK, name, State.RUNNING)), List.of());
            var bytes = dump.toJson().getBytes(StandardCharsets.UTF_8);
            var read = TinyJson.object(new String(bytes, StandardCharsets.UTF_8));
            assertThat(((Map<?, ?>) ((List<?>) read.get("entries")).getFirst()).get("name"))
                    .isEqualTo(name);
        }
    }

    @Test
    void durationTooLongForNanoseconds_isTheLongest() {
        var entry = new Entry(
                1,
                0,
                Kind.TASK,
                "old",
                State.RUNNING,
                Duration.ofDays(1_000_000),
                null,
                List.of(),
                List.of(),
                null,
                null,
                null,
                List.of());
        var dump = new TaskDump(NOON, 1, List.of(entry), List.of());
        assertThat(dump.toJson()).contains("\"ageNanos\":" + Long.MAX_VALUE);
        assertThat(dump.toString()).contains("1000000 d 0 h old");
    }
}
