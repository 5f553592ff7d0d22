package dev.weft.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.internal.runtime.EventLoopScheduler;
import dev.weft.internal.runtime.LoopThreads;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A deep simulation, and a loop on a carrier, in a JVM without the option that they need. */
class DeepFlagTest {

    private static final String OPTION = "--add-opens=java.base/java.lang=ALL-UNNAMED";

    /** Asks for both, and prints what they throw. */
    static final class WithoutTheOption {
        private WithoutTheOption() {}

        public static void main(String... arguments) {
            print(() -> Simulation.create().deep());
            print(() -> EventLoopScheduler.open(LoopThreads.CARRIER));
        }

        private static void print(Runnable step) {
            try {
                step.run();
            } catch (IllegalStateException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    @Test
    void withoutTheOption_theMessageSaysHowToGiveIt() throws IOException, InterruptedException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(
                        java, "-cp", SameInEachProcessTest.classPath(), WithoutTheOption.class.getName())
                .redirectErrorStream(true)
                .start();
        String output;
        try (var stream = process.getInputStream()) {
            output = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            process.destroyForcibly();
        }
        assertThat(output.lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains("java.lang is not opened to the class path", OPTION),
                        line -> assertThat(line).contains("maven-surefire-plugin", "<argLine>" + OPTION + "</argLine>"),
                        line -> assertThat(line).contains("Gradle", "jvmArgs(\"" + OPTION + "\")"),
                        line -> assertThat(line).contains("IDE", OPTION),
                        line -> assertThat(line).contains("virtual threads cannot be scheduled", OPTION));
    }
}
