package dev.weft.cli.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cli.console.StandardIo;
import dev.weft.cli.console.Style;
import dev.weft.cli.console.Terminal;
import dev.weft.cli.text.Columns;
import dev.weft.cli.text.DurationText;
import dev.weft.diagnostics.Entry;
import dev.weft.diagnostics.TaskDump;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is made of a dump: tables, pictures, warnings. */
class TaskTextTest {

    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

    private static Entry entry(
            long id, long parent, Entry.Kind kind, @Nullable Duration age, Entry.@Nullable Stop stop) {
        return new Entry(
                id,
                parent,
                kind,
                "n" + id,
                Entry.State.WAITING,
                age,
                null,
                List.of(),
                List.of(),
                null,
                stop,
                null,
                List.of());
    }

    private static Entry task(long id, @Nullable Duration age) {
        return entry(id, 1, Entry.Kind.TASK, age, null);
    }

    private static TaskDump dump(Instant at, Entry... entries) {
        return new TaskDump(at, 5, List.of(entries), List.of());
    }

    private static Entry.Stop cancelled(@Nullable Duration since) {
        return new Entry.Stop(1, "too late", null, since);
    }

    @Test
    void oldest_comesFirst_andWhatHasNoAgeLast() {
        var tasks = new ArrayList<>(List.of(
                task(4, null),
                task(3, Duration.ofSeconds(1)),
                task(2, Duration.ofHours(1)),
                task(1, Duration.ofHours(1))));
        tasks.sort(TaskTable.OLDEST_FIRST);
        assertThat(tasks).extracting(Entry::id).containsExactly(1L, 2L, 3L, 4L);
    }

    private static Entry named(long id, String name) {
        return new Entry(
                id,
                1,
                Entry.Kind.TASK,
                name,
                Entry.State.WAITING,
                null,
                "lock",
                List.of(),
                List.of(),
                null,
                null,
                null,
                List.of());
    }

    @Test
    void remarks_standInOneColumn_whateverTheNamesAreWrittenIn() {
        var tasks = List.of(
                named(1, "fetch"), named(2, "取得"), named(3, "cafe\u0301"), named(4, "😀"), named(5, "looking up"));
        assertThat(TaskTable.lines(tasks, Style.PLAIN).stream().skip(1))
                .extracting(line -> Columns.of(line.substring(0, line.indexOf("waits"))))
                .hasSize(5)
                .containsOnly(45);
    }

    @Test
    void picture_countsWhatIsNewAndGone_andKeepsToItsRows() {
        var before = dump(NOON, task(2, Duration.ofSeconds(9)), task(3, Duration.ofSeconds(8)));
        var now = dump(
                NOON.plusSeconds(2),
                entry(1, 0, Entry.Kind.RUN, null, null),
                task(3, Duration.ofSeconds(10)),
                task(4, Duration.ofSeconds(1)),
                task(5, Duration.ofSeconds(1)));
        var lines = TopFrame.lines(now, before, 5, ZoneOffset.UTC, Style.PLAIN);
        assertThat(lines).hasSize(5);
        assertThat(lines.get(0)).isEqualTo("weft top - process 5 at 12:00:02, 1 run");
        assertThat(lines.get(1)).isEqualTo("3 tasks: 3 waiting; 2 new and 1 gone within 2.0s");
        assertThat(lines.get(4)).contains("n3");
        assertThat(TopFrame.lines(now, null, 24, ZoneOffset.UTC, Style.PLAIN)).hasSize(7);
        assertThat(TopFrame.lines(now, null, 1, ZoneOffset.UTC, Style.PLAIN)).hasSize(1);
    }

    @Test
    void cancelledAndStillRunning_isWarnedOf_onceItLasts() {
        var warnings = TaskWarnings.others(dump(
                NOON,
                entry(2, 0, Entry.Kind.TASK, null, cancelled(Duration.ofSeconds(3))),
                entry(3, 0, Entry.Kind.TASK, null, cancelled(Duration.ofMillis(3))),
                entry(4, 0, Entry.Kind.TASK, null, cancelled(null))));
        assertThat(warnings)
                .singleElement()
                .asString()
                .contains("task 2 'n2' was cancelled and still runs")
                .contains("3.0s ago: too late");
    }

    @Test
    void openCall_isWarnedOf_ifItsTasksHaveEnded() {
        var minute = Duration.ofMinutes(1);
        var warnings = TaskWarnings.others(dump(
                NOON,
                entry(2, 0, Entry.Kind.CALL, minute, null),
                entry(3, 2, Entry.Kind.TASK, minute, null),
                entry(4, 0, Entry.Kind.CALL, minute, null),
                entry(5, 0, Entry.Kind.CALL, Duration.ZERO, null)));
        assertThat(warnings).containsExactly("call 4 'n4' is open, and all its tasks have ended");
        var nested = TaskWarnings.others(dump(
                NOON,
                entry(1, 0, Entry.Kind.TASK, minute, null),
                entry(2, 1, Entry.Kind.CALL, minute, null),
                entry(3, 1, Entry.Kind.CALL, minute, null),
                entry(4, 3, Entry.Kind.TASK, minute, null)));
        assertThat(nested)
                .as("the owner of the outer one is within the inner one")
                .isEmpty();
    }

    @Test
    void manyOfAKind_areCounted() {
        var stubborn = new Entry[7];
        for (var i = 0; i < stubborn.length; i++) {
            stubborn[i] = entry(i + 1, 0, Entry.Kind.TASK, null, cancelled(Duration.ofHours(1)));
        }
        assertThat(TaskWarnings.others(dump(NOON, stubborn)))
                .hasSize(6)
                .last()
                .asString()
                .startsWith("... and 2 more");
    }

    @Test
    void cycle_isToldAsAPath_alsoIfAnEntryIsMissing() {
        var dump = new TaskDump(NOON, 5, List.of(task(3, null)), List.of(List.of(3L, 4L)));
        assertThat(TaskWarnings.cycles(dump))
                .singleElement()
                .asString()
                .endsWith("task 3 'n3' -> task 4 -> task 3 'n3'");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0ms",
        "530, 530ms",
        "3299, 3.2s",
        "59999, 59.9s",
        "60000, 1m00s",
        "723000, 12m03s",
        "18420000, 5h07m",
        "273600000, 3d04h",
        "-1500, -1.5s"
    })
    void rough_hasTheTwoUnitsThatMatter(long millis, String text) {
        assertThat(DurationText.rough(Duration.ofMillis(millis))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "abcdefghij, abcdefghij",
        "abcdefghijk, abcdefghi…",
        "aaaaaaaa😀, aaaaaaaa😀",
        "aaaaaaaa😀😀, aaaaaaaa…",
        "取得取得取得, 取得取得…",
        "'', ''"
    })
    void fit_cutsALineToItsRoom(String line, String cut) {
        assertThat(new Terminal(10, 5).fit(line)).isEqualTo(cut);
    }

    @Test
    void fit_countsNoColours_andEndsThem() {
        var ten = Style.COLOURED.red("0123456789");
        assertThat(new Terminal(10, 5).fit(ten)).isEqualTo(ten);
        assertThat(new Terminal(9, 5).fit(ten)).isEqualTo("\u001b[31m01234567…\u001b[0m");
    }

    @Test
    void room_isTheTerminals_andElsewhereAsMuchAsOneLikes() throws Exception {
        var size = Map.of("COLUMNS", "33", "LINES", "7");
        assertThat(Terminal.of(io(size, true))).isEqualTo(new Terminal(33, 7));
        assertThat(Terminal.of(io(size, false)).columns()).isEqualTo(Integer.MAX_VALUE);
    }

    private static StandardIo io(Map<String, String> environment, boolean isTerminal) {
        return new StandardIo(
                InputStream.nullInputStream(),
                OutputStream.nullOutputStream(),
                OutputStream.nullOutputStream(),
                environment,
                isTerminal,
                isTerminal);
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void manyOpenCalls_areLookedThroughOnce() {
        var entries = new Entry[200_000];
        for (var i = 0; i < entries.length; i++) {
            entries[i] = entry(i + 1, 0, Entry.Kind.CALL, Duration.ofHours(1), null);
        }
        // one by one against all, that would be forty thousand million looks
        assertThat(TaskWarnings.others(dump(NOON, entries))).last().asString().startsWith("... and 199995 more");
    }
}
