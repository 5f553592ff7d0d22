package dev.weft.benchmarks;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The first second: a program of ten tasks, from the command {@code java} to its exit, {@value #RUNS} times. Reports
 * the {@code cpu}, in milliseconds of processor time for each.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class WholeProgram {

    static final int RUNS = 10;

    private static final String PROGRAM = "weft-benchmarks";

    /** The jars that each peer needs beside the program, by the beginnings of their names. */
    private static final Map<String, List<String>> LIBRARIES = Map.of(
            "weft", List.of("weft-core"),
            "weftEventLoop", List.of("weft-core"),
            "jox", List.of("structured-", "channels-"),
            "kotlinDefault", List.of("kotlin-stdlib", "kotlinx-coroutines", "annotations-"),
            "kotlinRunBlocking", List.of("kotlin-stdlib", "kotlinx-coroutines", "annotations-"));

    /** The file of Linux that has what a process and its ended children have used, in hundredths of a second. */
    private static final Path STATISTICS = Path.of("/proc/self/stat");

    private static final int MILLIS_OF_A_TICK = 10;
    private static final int USER_TIME_OF_CHILDREN = 13;
    private static final int SYSTEM_TIME_OF_CHILDREN = 14;

    @Benchmark
    public void weft() throws IOException, InterruptedException {
        run("weft");
    }

    @Benchmark
    public void weftEventLoop() throws IOException, InterruptedException {
        run("weftEventLoop");
    }

    @Benchmark
    public void virtualThreads() throws IOException, InterruptedException {
        run("virtualThreads");
    }

    @Benchmark
    public void completableFuture() throws IOException, InterruptedException {
        run("completableFuture");
    }

    @Benchmark
    public void structuredTaskScope() throws IOException, InterruptedException {
        run("structuredTaskScope");
    }

    @Benchmark
    public void jox() throws IOException, InterruptedException {
        run("jox");
    }

    @Benchmark
    public void kotlinDefault() throws IOException, InterruptedException {
        run("kotlinDefault");
    }

    @Benchmark
    public void kotlinRunBlocking() throws IOException, InterruptedException {
        run("kotlinRunBlocking");
    }

    private static void run(String peer) throws IOException, InterruptedException {
        long before = childrenMillis();
        for (int run = 0; run < RUNS; run++) {
            var process = new ProcessBuilder(command(peer))
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.INHERIT)
                    .start();
            int code = process.waitFor();
            if (code != 0) {
                throw new IOException("the program of " + peer + " ended with " + code);
            }
        }
        Extras.report("cpu", (double) (childrenMillis() - before) / RUNS);
    }

    /**
     * The class path that a user of {@code peer} has: a look for services opens each jar, also those of other peers.
     */
    private static String classPath(String peer) {
        var libraries = LIBRARIES.getOrDefault(peer, List.of());
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(jar -> Stream.concat(Stream.of(PROGRAM), libraries.stream())
                        .anyMatch(Path.of(jar).getFileName().toString()::startsWith))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static List<String> command(String peer) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-preview");
        if (Boolean.getBoolean("weft.carrier")) {
            command.addAll(List.of("-Dweft.carrier=true", "--add-opens=java.base/java.lang=ALL-UNNAMED"));
        }
        command.addAll(List.of("-cp", classPath(peer), TenTasks.class.getName(), peer));
        return command;
    }

    private static long childrenMillis() throws IOException {
        if (!Files.isReadable(STATISTICS)) {
            throw new IOException("the processor time of other processes is read from " + STATISTICS
                    + ", which this system does not have");
        }
        // The name of the program, in parentheses, may have blanks.
        var text = Files.readString(STATISTICS);
        var fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[USER_TIME_OF_CHILDREN]) + Long.parseLong(fields[SYSTEM_TIME_OF_CHILDREN]))
                * MILLIS_OF_A_TICK;
    }
}
