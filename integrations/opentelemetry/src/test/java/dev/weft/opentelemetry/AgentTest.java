package dev.weft.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The context with the OpenTelemetry Java agent attached; with the profile {@code agent}, which fetches its 24 MB. */
@EnabledIfSystemProperty(named = "weft.agent", matches = ".+")
final class AgentTest {

    @Test
    void v2_contextOfTheJavaAgentIsCurrentInTasks() throws Exception {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-javaagent:" + System.getProperty("weft.agent"),
                        "-Dotel.traces.exporter=none",
                        "-Dotel.metrics.exporter=none",
                        "-Dotel.logs.exporter=none",
                        "-cp",
                        withoutSdkAndAgent(System.getProperty("java.class.path")),
                        AgentProgram.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        var traces = output.split(" ");
        assertThat(traces).as(output).hasSize(3).containsOnly(traces[0]);
        assertThat(traces[0]).hasSize(32).isNotEqualTo("0".repeat(32));
    }

    private static String withoutSdkAndAgent(String path) {
        return Arrays.stream(path.split(File.pathSeparator))
                .filter(entry -> !entry.contains("opentelemetry-sdk") && !entry.contains("opentelemetry-javaagent"))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
