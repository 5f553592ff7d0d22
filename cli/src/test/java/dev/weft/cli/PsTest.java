package dev.weft.cli;

import static dev.weft.cli.Ran.look;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.diagnostics.TinyJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code weft ps} and {@code weft pstree} of other processes that use Weft. */
@Timeout(120)
class PsTest {

    private static final int MANY = 10_000;

    /** One for all tests but those that break it: nothing changes in it. */
    private static InspectedJvm sleepers;

    @BeforeAll
    static void start() throws Exception {
        sleepers = InspectedJvm.running("sleepers", String.valueOf(MANY));
    }

    @AfterAll
    static void stop() {
        sleepers.close();
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> entries(String dump) {
        return ((List<Map<String, Object>>) TinyJson.object(dump.strip()).get("entries"))
                .stream().map(PsTest::lasting).toList();
    }

    /** Without what differs from one moment to the next. */
    private static Map<String, Object> lasting(Map<String, Object> entry) {
        var lasting = new LinkedHashMap<>(entry);
        lasting.remove("ageNanos");
        return lasting;
    }

    @Test
    void json_ofTenThousandTasks_isWhatTheProcessItselfReports() throws Exception {
        var ran = look("ps", sleepers.pid(), "--format", "json");
        assertThat(ran.err()).isEmpty();
        assertThat(ran.exitCode()).isZero();
        var theirs = entries(sleepers.ask("dump"));
        assertThat(entries(ran.out())).isEqualTo(theirs);
        assertThat(theirs)
                .filteredOn(entry -> String.valueOf(entry.get("name")).startsWith("sleeper-"))
                .hasSize(MANY)
                .allSatisfy(entry -> assertThat(entry).containsEntry("state", "WAITING"))
                .extracting(entry -> entry.get("parent"))
                .containsOnly(theirs.stream()
                        .filter(entry -> entry.get("kind").equals("CALL"))
                        .findFirst()
                        .orElseThrow()
                        .get("id"));
    }

    @Test
    void pstree_isTheTextThatTheProcessItselfGives() throws Exception {
        var ran = look("pstree", sleepers.pid());
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out().lines().map(PsTest::withoutTimes))
                .isEqualTo(List.of(sleepers.ask("text").split("\t")).stream()
                        .map(PsTest::withoutTimes)
                        .toList());
    }

    private static String withoutTimes(String line) {
        return line.replaceAll(", [^,]* old", "").replaceAll(" at 2\\S*", "");
    }

    @Test
    void columns_saveWhatIsWantedOnly_andTellAllCounts() {
        var ran = look("ps", sleepers.pid(), "--name", "sleeper-1?", "--state", "waiting", "--frames", "3");
        assertThat(ran.exitCode()).isZero();
        var lines = ran.out().lines().toList();
        assertThat(lines.getFirst().strip().split("\\s+")).containsExactly("ID", "STATE", "AGE", "NAME");
        assertThat(lines)
                .filteredOn(line -> line.contains(" waiting "))
                .hasSize(10)
                .allSatisfy(line -> assertThat(line).contains("sleeper-1").contains("waits for "));
        assertThat(lines).filteredOn(line -> line.contains(" at ")).hasSize(30);
        assertThat(ran.err()).startsWith((MANY + 2) + " tasks: 1 running, " + (MANY + 1) + " waiting; 10 shown");
        var none = look("ps", sleepers.pid(), "--state", "not-started");
        assertThat(none.out().lines()).hasSize(1);
    }

    @Test
    void controlCharactersOfNames_neverReachTheTerminal() {
        for (var format : List.of("human", "ndjson")) {
            var ran = look("ps", sleepers.pid(), "--name", "evil*", "--format", format);
            assertThat(ran.out()).contains("evil").contains("[31m");
            assertThat(ran.out().chars().filter(c -> Character.isISOControl(c) && c != '\n'))
                    .isEmpty();
        }
        var tree = look("pstree", sleepers.pid());
        assertThat(tree.out().chars().filter(c -> Character.isISOControl(c) && c != '\n'))
                .isEmpty();
    }

    @Test
    void afterwards_nothingOfOursIsLeftInTheProcess() throws Exception {
        assertThat(look("ps", sleepers.pid()).exitCode()).isZero();
        assertThat(sleepers.ask("mbeans")).isEqualTo("0");
        // the JDK's own agent stays, and its connection's threads for a moment
        assertThat(sleepers.ask("threads")).contains("RMI TCP Accept").doesNotContain("weft inspection");
    }

    @Test
    void deadlock_isAnErrorWithItsPath_andAnExitCode() throws Exception {
        try (var locks = InspectedJvm.running("locks")) {
            for (var command : List.of("ps", "pstree")) {
                var ran = look(command, locks.pid());
                assertThat(ran.exitCode()).as(command).isEqualTo(1);
                assertThat(ran.out() + ran.err())
                        .containsPattern("(?i)error: ")
                        .containsPattern("'(left-then-right)'.* -> .*'(right-then-left)'.* -> .*"
                                + "|'(right-then-left)'.* -> .*'(left-then-right)'.* -> .*");
            }
            var json = TinyJson.object(
                    look("ps", locks.pid(), "--format", "json").out().strip());
            assertThat((List<?>) json.get("awaitCycles")).hasSize(1);
        }
    }

    @Test
    void taskThatIgnoresItsCancellation_isToldWithItsReason() throws Exception {
        try (var stubborn = InspectedJvm.running("stubborn")) {
            var ran = look("ps", stubborn.pid(), "--format", "ndjson", "--name", "stubborn");
            var task = TinyJson.object(ran.out().strip());
            assertThat(task).extractingByKey("cancellation").asString().contains("tests want it");
        }
    }
}
