package dev.weft.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cli.demo.ServedDemo;
import dev.weft.diagnostics.TinyJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The program as a process of its own: signals, pipes, exit codes. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no signals to send")
class ProcessTest {

    private ServedDemo demo;
    private final List<Process> started = new ArrayList<>();

    @BeforeEach
    void open() throws IOException {
        demo = new ServedDemo();
    }

    @AfterEach
    void close() throws InterruptedException {
        started.forEach(Process::destroyForcibly);
        demo.close();
    }

    private Process weft(String... arguments) throws IOException {
        var command = new ArrayList<String>();
        // who runs the tests in the background of a shell has them ignore Ctrl-C, and a process inherits that
        if (new java.io.File("/proc/self").exists()) {
            command.addAll(List.of("env", "--default-signal=INT"));
        }
        command.addAll(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).start();
        started.add(process);
        return process;
    }

    private static void signal(Process process, String name) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    private static void awaitExit(Process process, int code) throws InterruptedException {
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).as("it has ended").isTrue();
        assertThat(process.exitValue()).isEqualTo(code);
    }

    private static BufferedReader out(Process process) {
        return process.inputReader(UTF_8);
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void signal_whileFetching_reportsWhatThereIs_andExitsWithItsCode(String signal, int code) throws Exception {
        var process = weft(
                "fetch",
                "--format",
                "ndjson",
                "--per-host",
                "2",
                demo.url("/a"),
                demo.url("/b?silent"),
                demo.url("/c?silent"),
                demo.url("/d?silent"));
        var out = out(process);
        var first = TinyJson.object(out.readLine());
        assertThat(first).containsEntry("outcome", "ok");
        signal(process, signal);
        var rest = out.lines().map(TinyJson::object).toList();
        assertThat(rest).extracting(record -> record.get("outcome")).containsExactly("cut", "cut", "unstarted", null);
        assertThat(rest.getLast())
                .containsEntry("type", "summary")
                .containsEntry("total", 4L)
                .containsEntry("stopped_by", "SIG" + signal)
                .containsEntry("deadline_hit", false);
        awaitExit(process, code);
        assertThat(process.errorReader().lines()).isEmpty();
    }

    @Test
    void signal_whileTheListIsBeingRead_endsItToo() throws Exception {
        var process = weft("fetch", "-i", "-");
        process.outputWriter().write(demo.url("/a") + "\n");
        process.outputWriter().flush();
        // the list goes on when its first URL has been fetched
        assertThat(out(process).readLine()).startsWith("ok ");
        signal(process, "INT");
        awaitExit(process, 130);
    }

    @Test
    void standardInput_thatIsClosed_isNoOtherFile() throws Exception {
        var process = new ProcessBuilder(
                        "sh",
                        "-c",
                        "exec \"$@\" <&-",
                        "sh",
                        System.getProperty("java.home") + "/bin/java",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "fetch",
                        "-i",
                        "-")
                .start();
        started.add(process);
        assertThat(String.join("\n", process.errorReader().lines().toList()))
                .contains("stdin", "standard input is closed");
        awaitExit(process, 2);
    }

    @Test
    void deadline_isKeptByTheProcess_whateverHangs() throws Exception {
        var process = weft("fetch", "--deadline", "1s", demo.url("/a?silent"));
        awaitExit(process, 124);
        assertThat(out(process).readLine()).startsWith("cut ");
        assertThat(process.errorReader().lines().toList())
                .hasSize(1)
                .first()
                .asString()
                .contains("1 cut")
                .contains("deadline of 1s hit");
    }

    @Test
    void readerThatGoesAway_endsItQuietly() throws Exception {
        var urls = IntStream.range(0, 200)
                .mapToObj(i -> demo.url("/" + i + "?delay=20ms"))
                .toList();
        var arguments = new ArrayList<>(List.of("fetch", "--per-host", "2"));
        arguments.addAll(urls);
        arguments.add(demo.url("/silent?silent"));
        var process = weft(arguments.toArray(String[]::new));
        var out = out(process);
        assertThat(out.readLine()).startsWith("ok ");
        out.close();
        awaitExit(process, 141);
        assertThat(process.errorReader().lines()).isEmpty();
        assertThat(demo.statistics().requests()).as("it stopped early").isLessThan(200);
    }

    @Test
    void fullDisk_isToldAndNotTakenForAReaderGone() throws Exception {
        org.junit.jupiter.api.Assumptions.assumeTrue(new java.io.File("/dev/full").exists());
        var process = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "fetch",
                        demo.url("/a"))
                .redirectOutput(new java.io.File("/dev/full"))
                .start();
        started.add(process);
        awaitExit(process, 74);
        assertThat(process.errorReader().lines().toList())
                .last()
                .asString()
                .contains("cannot write the results")
                .contains("No space left");
    }

    @Test
    void journal_thatCannotBeBegun_isToldAndNotLeft(@TempDir Path folder) throws Exception {
        var journal = folder.resolve("journal");
        // a limit of no bytes for files: as a full disk, which is harder to come by
        var process = new ProcessBuilder(
                        "bash",
                        "-c",
                        "ulimit -f 0 && exec \"$@\"",
                        "weft",
                        System.getProperty("java.home") + "/bin/java",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:-UsePerfData",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "fetch",
                        "--resume",
                        journal.toString(),
                        demo.url("/a"))
                .start();
        started.add(process);
        awaitExit(process, 2);
        assertThat(process.errorReader().readLine()).contains("--resume " + journal + ": ");
        assertThat(journal).doesNotExist();
    }

    @Test
    void demoServer_printsItsUrls_servesThem_andSaysWhatItSaw() throws Exception {
        var process = weft("demo-server", "--urls", "10", "--hosts", "2", "--seed", "1");
        var urls = out(process).lines().map(URI::create).toList();
        assertThat(urls).hasSize(10);
        assertThat(urls.stream().map(URI::getPort).distinct()).hasSize(2);
        var ran = Ran.weft(
                "fetch",
                "--timeout",
                "1500ms",
                "--per-host",
                "10",
                "--format",
                "ndjson",
                urls.get(0) + "&delay=0ms",
                urls.get(8).toString());
        assertThat(ran.outcomes()).containsOnlyKeys("ok", "timeout");
        signal(process, "INT");
        awaitExit(process, 130);
        assertThat(process.errorReader().lines().toList())
                .satisfiesExactly(
                        serving -> assertThat(serving).startsWith("Serving on http://127.0.0.1:"),
                        saw -> assertThat(saw).contains("2 requests: 1 answered, 1 cut by the client"));
    }

    @Test
    void demoServer_untilEof_endsWithStandardInput() throws Exception {
        var process = weft("demo-server", "--until-eof");
        assertThat(out(process).lines()).hasSize(10);
        assertThat(process.isAlive()).isTrue();
        process.outputWriter().close();
        awaitExit(process, 0);
    }
}
