package dev.weft.cluster;

import static dev.weft.Weft.sleep;
import static java.time.Duration.ofMillis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Processes that run {@link ShowMember}, and what they have written. Closing ends them all. */
final class ShowProcesses implements AutoCloseable {

    private static final long PATIENCE = TimeUnit.MINUTES.toNanos(2);

    private final Path folder;
    private final List<String> addresses = new ArrayList<>();
    private final Map<String, Process> running = new LinkedHashMap<>();

    /** Before the class path of each process. */
    String before = "";

    /** The folder of certificates, or none. */
    String tls = "-";

    ShowProcesses(Path folder, int ports) {
        this.folder = folder;
        for (var i = 0; i < ports; i++) {
            addresses.add(TestPorts.address());
        }
    }

    /** With addresses that are not of the loopback. */
    ShowProcesses(Path folder, List<String> addresses) {
        this.folder = folder;
        this.addresses.addAll(addresses);
    }

    /** A caller in this process, at the first address. */
    Workers caller() throws IOException, InterruptedException {
        return ShowMember.builder("caller", addresses.getFirst(), String.join(",", addresses))
                .insecure()
                .open();
    }

    String address(int number) {
        return addresses.get(number);
    }

    Process start(String name, int address, String role, String... prefix) throws IOException {
        var command = new ArrayList<>(List.of(prefix));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                before + System.getProperty("java.class.path"),
                ShowMember.class.getName(),
                name,
                addresses.get(address),
                String.join(",", addresses),
                log(name).toString(),
                tls));
        command.addAll(List.of(role.split(" ")));
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".out").toFile())
                .start();
        running.put(name, process);
        return process;
    }

    private Path log(String name) {
        return folder.resolve(name + ".log");
    }

    List<String> lines(String name) throws IOException {
        return Files.exists(log(name)) ? Files.readAllLines(log(name)) : List.of();
    }

    /** How many lines of that beginning there are. */
    long count(String name, String beginning) throws IOException {
        return lines(name).stream()
                .filter(line -> text(line).startsWith(beginning))
                .count();
    }

    private static String text(String line) {
        return line.substring(line.indexOf(' ') + 1);
    }

    /** Waits for the line with this number, from 1. @return when it was written, in milliseconds */
    long await(String name, String beginning, int number) throws IOException, InterruptedException {
        var until = System.nanoTime() + PATIENCE;
        for (; ; ) {
            var found = lines(name).stream()
                    .filter(line -> text(line).startsWith(beginning))
                    .skip(number - 1)
                    .findFirst();
            if (found.isPresent()) {
                return Long.parseLong(found.get().split(" ")[0]);
            }
            if (System.nanoTime() > until) {
                throw new AssertionError("'" + beginning + "' is not in the log of " + name + ": " + lines(name));
            }
            sleep(ofMillis(20));
        }
    }

    void signal(String name, String signal) throws IOException, InterruptedException {
        command("kill", "-" + signal, String.valueOf(running.get(name).pid()));
    }

    /** Stopped for a time, as by a garbage collector. */
    void pause(String name, Duration time) throws IOException, InterruptedException {
        signal(name, "STOP");
        sleep(time);
        signal(name, "CONT");
    }

    boolean awaitEnd(String name) throws InterruptedException {
        return running.get(name).waitFor(60, TimeUnit.SECONDS);
    }

    static void command(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + output);
        }
    }

    @Override
    public void close() {
        running.values().forEach(Process::destroyForcibly);
        for (var process : running.values()) {
            process.onExit().join();
        }
    }
}
