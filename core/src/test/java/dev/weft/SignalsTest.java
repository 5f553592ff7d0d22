package dev.weft;

import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.weft.diagnostics.Entry;
import dev.weft.diagnostics.TaskDump;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** J18: Ctrl-C and SIGTERM while there is a run, in a process of its own. */
@NotSimulated("has its mains in other processes")
class SignalsTest {

    private static final String TERM = "-Dterm=true";

    private static final int SIGNALLED_BY_INT = 130;

    private static final int SIGNALLED_BY_TERM = 143;

    @OnEveryRuntime
    void j18_controlCCancelsMain(TestRuntime runtime) throws Exception {
        assumeControlCIsNotIgnored();
        try (var program = new Program(CleansUp.class, runtime)) {
            assertThat(program.nextLine()).isEqualTo("ready");
            program.signal("INT");
            assertThat(program.nextLine()).isEqualTo("main cleaned up after SIGINT");
            assertThat(program.nextLine()).isEqualTo("background task cleaned up");
            assertThat(program.exitCode()).isEqualTo(SIGNALLED_BY_INT);
        }
    }

    @OnEveryRuntime
    void j18_sigtermCancelsMain(TestRuntime runtime) throws Exception {
        try (var program = new Program(CleansUp.class, runtime, TERM)) {
            assertThat(program.nextLine()).isEqualTo("ready");
            program.signal("TERM");
            assertThat(program.nextLine()).isEqualTo("main cleaned up after SIGTERM");
            assertThat(program.nextLine()).isEqualTo("background task cleaned up");
            assertThat(program.exitCode()).isEqualTo(SIGNALLED_BY_TERM);
        }
    }

    @OnEveryRuntime
    void j18_secondControlCDoesNotWait(TestRuntime runtime) throws Exception {
        assumeControlCIsNotIgnored();
        try (var program = new Program(Ignores.class, runtime)) {
            assertThat(program.nextLine()).isEqualTo("ready");
            program.signal("INT");
            assertThat(program.nextLine()).isEqualTo("ignored");
            assertThat(program.isAlive()).isTrue();
            program.signal("INT");
            assertThat(program.exitCode()).isEqualTo(SIGNALLED_BY_INT);
        }
    }

    @OnEveryRuntime
    void j18_secondSigtermDoesNotWait(TestRuntime runtime) throws Exception {
        try (var program = new Program(Ignores.class, runtime, TERM)) {
            assertThat(program.nextLine()).isEqualTo("ready");
            program.signal("TERM");
            assertThat(program.nextLine()).isEqualTo("ignored");
            assertThat(program.isAlive()).isTrue();
            program.signal("TERM");
            assertThat(program.exitCode()).isEqualTo(SIGNALLED_BY_TERM);
        }
    }

    @OnEveryRuntime
    void h13_secondSignalNamesTheTasksThatDoNotEnd(TestRuntime runtime) throws Exception {
        try (var program = new Program(IgnoresAndTells.class, runtime, TERM)) {
            assertThat(program.nextLine()).isEqualTo("ready");
            program.signal("TERM");
            assertThat(program.nextLine()).isEqualTo("ignored");
            program.signal("TERM");
            assertThat(program.nextLine()).contains("SIGTERM again", "1 task still runs", "Task-1");
            assertThat(program.nextLine()).contains("task 'Task-1'");
            assertThat(program.restOfLines()).anyMatch(line -> line.contains("SignalsTest$Ignores.lambda"));
            assertThat(program.exitCode()).isEqualTo(SIGNALLED_BY_TERM);
        }
    }

    /** The JVM's own answer, which runs the shutdown hooks. */
    @OnEveryRuntime
    void v8_sigtermThatWasNotChosen_isTheProcesss(TestRuntime runtime) throws Exception {
        try (var program = new Program(Serves.class, runtime)) {
            assertThat(program.nextLine()).isEqualTo("ready");
            program.signal("TERM");
            assertThat(program.nextLine()).isEqualTo("the request in flight is served");
            assertThat(program.nextLine()).isEqualTo("drained");
            assertThat(program.exitCode()).isEqualTo(SIGNALLED_BY_TERM);
        }
    }

    /** As a server: its request threads run on, while its shutdown hook drains them. */
    @OnEveryRuntime
    void v8_runOnAServersThread_leavesItsSignalsAlone(TestRuntime runtime) throws Exception {
        assumeControlCIsNotIgnored();
        for (var signal : List.of("INT", "TERM")) {
            try (var program = new Program(Serves.class, runtime)) {
                assertThat(program.nextLine()).isEqualTo("ready");
                program.signal(signal);
                assertThat(program.nextLine()).as(signal).isEqualTo("the request in flight is served");
                assertThat(program.nextLine()).isEqualTo("drained");
            }
        }
    }

    @Test
    void v8_signalThatDoesNotExist_saysWhatToGive() {
        assertThatThrownBy(() -> Runner.builder().signals("INT", "NOPE"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("'NOPE'");
    }

    @OnEveryRuntime
    void j18_dumpOnSignal_tellsWhatRunsAndGoesOn(TestRuntime runtime) throws Exception {
        try (var program = new Program(Dumps.class, runtime)) {
            assertThat(program.nextLine()).isEqualTo("ready");
            program.signal("USR2");
            assertThat(program.nextLine()).isEqualTo("main and 'sleeper' in the dump of another run");
            assertThat(program.nextLine()).isEqualTo("main and 'sleeper' in a dump");
            assertThat(program.exitCode()).isZero();
        }
    }

    @Test
    void dumpOnSignal_unknownSignal_saysWhatToGive() {
        assertThatThrownBy(() -> Runner.builder().dumpOnSignal("NOPE", dump -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("'NOPE'", "USR2");
    }

    @Test
    void dumpOnSignal_signalOfTheJvm_failsTheRunAndLeavesNothing() throws InterruptedException {
        try (var runner = Runner.builder()
                .dumpOnSignal("USR2", dump -> {})
                .dumpOnSignal("QUIT", dump -> {})
                .build()) {
            for (var i = 0; i < 2; i++) {
                assertThatThrownBy(() -> runner.run(() -> {}))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContainingAll("QUIT", "USR2");
            }
        }
    }

    /** A shell without job control has what it starts in the background ignore SIGINT, and that is inherited. */
    private static void assumeControlCIsNotIgnored() throws IOException {
        var status = Path.of("/proc/self/status");
        if (Files.exists(status)) {
            var ignored = Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("SigIgn:"))
                    .mapToLong(line -> Long.parseUnsignedLong(
                            line.substring("SigIgn:".length()).strip(), 16))
                    .reduce(0, (a, b) -> a | b);
            assumeFalse((ignored & 0b10) != 0, "whoever started the tests ignores SIGINT");
        }
    }

    /** A running child process, seen from outside. */
    private static final class Program implements AutoCloseable {

        /** How long a process may stay if its test hangs: longer than any that passes needs, by far. */
        private static final int LIFE_SECONDS = 50;

        private final Process process;
        private final BufferedReader output;

        Program(Class<?> main, TestRuntime runtime, String... options) throws IOException {
            var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
            var classPath = ChildJvm.classPath(Weft.class, main);
            var command = new java.util.ArrayList<>(List.of(java, "-XX:TieredStopAtLevel=1", "-cp", classPath));
            command.addAll(List.of(options));
            command.addAll(List.of(main.getName(), runtime.toString()));
            var builder = new ProcessBuilder(command);
            builder.redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().remove("WEFT_DEBUG");
            process = builder.start();
            output = process.inputReader();
            CompletableFuture.delayedExecutor(LIFE_SECONDS, TimeUnit.SECONDS).execute(process::destroyForcibly);
        }

        String nextLine() throws IOException {
            return output.readLine();
        }

        List<String> restOfLines() {
            return output.lines().toList();
        }

        void signal(String name) throws IOException, InterruptedException {
            var kill = new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid()).start();
            assertThat(kill.waitFor()).isZero();
        }

        boolean isAlive() {
            return process.isAlive();
        }

        /** Waits for the end. */
        int exitCode() throws IOException, InterruptedException {
            assertThat(output.readLine())
                    .as("what was written after the last line")
                    .isNull();
            return process.waitFor();
        }

        @Override
        public void close() throws IOException {
            process.destroyForcibly();
            output.close();
        }
    }

    /** With the default signals, or SIGTERM too if the property {@code term} says so. */
    private static Runner runner(String runtime) {
        var builder = Runner.builder();
        if (runtime.startsWith("EVENT_LOOP")) {
            builder.runtime(WeftRuntime::eventLoop);
        }
        return (Boolean.getBoolean("term") ? builder.signals("INT", "TERM") : builder).build();
    }

    /** Has a main and a background task, which say so when they are cancelled. */
    static final class CleansUp {

        private CleansUp() {}

        public static void main(String[] arguments) throws InterruptedException {
            try (var runner = runner(arguments[0])) {
                runner.run(() -> {
                    var started = new CompletableFuture<Void>();
                    createTask(() -> {
                        try {
                            started.complete(null);
                            sleep(FOREVER);
                        } finally {
                            System.out.println("background task cleaned up");
                        }
                    });
                    Weft.await(started);
                    try {
                        System.out.println("ready");
                        sleep(FOREVER);
                    } catch (CancelledException e) {
                        System.out.println(
                                "main cleaned up after " + e.cancellation().reason());
                        throw e;
                    }
                });
            }
        }
    }

    /** A request is served by a thread of a pool, in a run; a shutdown hook lets it end. */
    static final class Serves {

        private Serves() {}

        public static void main(String[] arguments) throws Exception {
            var draining = new CompletableFuture<Void>();
            var served = new CompletableFuture<Void>();
            Thread.ofPlatform().daemon().name("request").start(() -> {
                try (var runner = runner(arguments[0])) {
                    runner.run(() -> {
                        System.out.println("ready");
                        Weft.await(draining);
                        sleep(java.time.Duration.ofMillis(20));
                        System.out.println("the request in flight is served");
                    });
                    served.complete(null);
                } catch (Throwable e) {
                    System.out.println("the request has failed: " + e);
                    served.completeExceptionally(e);
                }
            });
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                draining.complete(null);
                served.join();
                System.out.println("drained");
            }));
            Thread.sleep(Long.MAX_VALUE);
        }
    }

    /** Looks at its own dumps, of two runs that share the signal; the first to begin is the first to end. */
    static final class Dumps {

        private Dumps() {}

        public static void main(String[] arguments) throws Exception {
            var first = new CompletableFuture<TaskDump>();
            var second = new CompletableFuture<TaskDump>();
            var begun = new CompletableFuture<Void>();
            var other = Thread.ofVirtual()
                    .start(() -> run(first, arguments[0], () -> {
                        begun.complete(null);
                        Weft.await(first);
                        System.out.println(seen(first) + " in the dump of another run");
                    }));
            begun.get();
            run(second, arguments[0], () -> {
                createTask("sleeper", () -> sleep(FOREVER));
                sleep(java.time.Duration.ZERO);
                System.out.println("ready");
                other.join();
                Weft.await(second);
                System.out.println(seen(second) + " in a dump");
            });
        }

        private static void run(CompletableFuture<TaskDump> dump, String runtime, VoidBody<Exception> main) {
            Supplier<WeftRuntime> factory =
                    runtime.startsWith("EVENT_LOOP") ? WeftRuntime::eventLoop : WeftRuntime::parallel;
            try (var runner = Runner.builder()
                    .runtime(factory)
                    .dumpOnSignal("USR2", dump::complete)
                    .dumpOnSignal("USR2", unused -> {
                        throw new IllegalStateException("is reported, and nothing else is lost");
                    })
                    .build()) {
                runner.run(main);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        private static String seen(CompletableFuture<TaskDump> dump) {
            var names = dump.join().entries().stream().map(Entry::name).toList();
            return names.contains("sleeper") ? "main and 'sleeper'" : names.toString();
        }
    }

    /** As {@link Ignores}, and what is printed to the error stream is read. */
    static final class IgnoresAndTells {

        private IgnoresAndTells() {}

        public static void main(String[] arguments) throws InterruptedException {
            System.setErr(System.out);
            Ignores.main(arguments);
        }
    }

    /** Has a main that no single request can stop. */
    static final class Ignores {

        private Ignores() {}

        public static void main(String[] arguments) throws InterruptedException {
            try (var runner = runner(arguments[0])) {
                runner.run(() -> {
                    System.out.println("ready");
                    while (true) {
                        try {
                            sleep(FOREVER);
                        } catch (CancelledException e) {
                            System.out.println("ignored");
                        }
                    }
                });
            }
        }
    }
}
