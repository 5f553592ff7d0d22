package dev.weft.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM to be looked into, which answers questions about itself; or any other process. */
public final class InspectedJvm implements AutoCloseable {

    private final Process process;
    private final BufferedReader out;

    private InspectedJvm(List<String> command) throws IOException {
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        out = process.inputReader(UTF_8);
    }

    /** An {@link InspectedProgram}, in the state that its argument names. */
    static InspectedJvm running(String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(InspectedProgram.class.getName()));
        command.addAll(List.of(arguments));
        return java(System.getProperty("java.class.path"), command.toArray(String[]::new))
                .ready();
    }

    /** A program that is one jar. */
    static InspectedJvm jar(Path jar, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-jar",
                jar.toString()));
        command.addAll(List.of(arguments));
        return new InspectedJvm(command);
    }

    /** Any program. */
    static InspectedJvm java(String classPath, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                classPath));
        command.addAll(List.of(arguments));
        return new InspectedJvm(command);
    }

    /** Any process. */
    static InspectedJvm process(String... command) throws IOException {
        return new InspectedJvm(List.of(command));
    }

    /** Waits until it says so. */
    InspectedJvm ready() throws IOException {
        assertThat(out.readLine()).isEqualTo("ready");
        return this;
    }

    public String pid() {
        return String.valueOf(process.pid());
    }

    String ask(String question) throws IOException {
        process.outputWriter(UTF_8).write(question + "\n");
        process.outputWriter(UTF_8).flush();
        return out.readLine();
    }

    void signal(String name) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + name, pid()).start().waitFor())
                .isZero();
    }

    BufferedReader out() {
        return out;
    }

    int awaitExit() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
