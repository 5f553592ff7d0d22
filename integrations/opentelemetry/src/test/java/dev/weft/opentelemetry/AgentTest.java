package dev.weft.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The context with the OpenTelemetry Java agent attached, in processes of their own. */
final class AgentTest {

    private static final String NO_TRACE = "0".repeat(32);
    private static final List<String> IN_WEFT = List.of("gather", "gather", "run", "task", "background");

    private static Process withPropagator;
    private static Process withoutPropagator;

    /** Starts both programs at once, because the agent takes seconds to start. */
    @BeforeAll
    static void start() throws Exception {
        withPropagator = start(entry -> true);
        withoutPropagator = start(entry -> !entry.endsWith(File.separator + "classes")
                || !new File(entry, "META-INF/services/dev.weft.DefaultsProvider").exists());
    }

    @AfterAll
    static void stop() {
        withPropagator.destroyForcibly();
        withoutPropagator.destroyForcibly();
    }

    private static Process start(Predicate<String> isWanted) throws Exception {
        var path = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("opentelemetry-sdk") && !entry.contains("opentelemetry-javaagent"))
                .filter(isWanted)
                .collect(Collectors.joining(File.pathSeparator));
        return new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-javaagent:" + System.getProperty("weft.agent"),
                        "-Dotel.traces.exporter=none",
                        "-Dotel.metrics.exporter=none",
                        "-Dotel.logs.exporter=none",
                        "-Dotel.javaagent.logging=none",
                        "-cp",
                        path,
                        AgentProgram.class.getName())
                .redirectErrorStream(true)
                .start();
    }

    /** What a program printed of one place. */
    private record Seen(String where, String trace, String user) {}

    private static List<Seen> seen(Process program) throws Exception {
        var lines = new ArrayList<String>();
        try (var output = program.inputReader()) {
            output.lines().forEach(lines::add);
        }
        assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(program.exitValue()).as(String.join("\n", lines)).isZero();
        return lines.stream()
                .filter(line -> line.startsWith(AgentProgram.SEEN)) // not the JVM's warnings
                .map(line -> line.split(" "))
                .map(words -> new Seen(words[1], words[2], words[3]))
                .toList();
    }

    @Test
    void v2_contextOfTheJavaAgentIsCurrentInTasks() throws Exception {
        var seen = seen(withPropagator);
        var caller = seen.getFirst();
        assertThat(caller.trace()).hasSize(32).isNotEqualTo(NO_TRACE);
        assertThat(caller.user()).isEqualTo("ada");
        assertThat(seen)
                .filteredOn(each -> IN_WEFT.contains(each.where()))
                .containsExactlyElementsOf(IN_WEFT.stream()
                        .map(where -> new Seen(where, caller.trace(), "ada"))
                        .toList());
    }

    /** The agent itself knows executors, and not Weft: so the test above tests the propagator. */
    @Test
    void contextOfTheJavaAgentIsNotInTasksWithoutThePropagator() throws Exception {
        var seen = seen(withoutPropagator);
        var caller = seen.getFirst();
        assertThat(seen).contains(new Seen("executor", caller.trace(), "ada"));
        assertThat(seen)
                .filteredOn(each -> IN_WEFT.contains(each.where()))
                .containsExactlyElementsOf(IN_WEFT.stream()
                        .map(where -> new Seen(where, NO_TRACE, "null"))
                        .toList());
    }
}
