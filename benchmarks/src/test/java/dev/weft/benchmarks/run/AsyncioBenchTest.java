package dev.weft.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a shell script in place of Python's. */
class AsyncioBenchTest {

    @TempDir
    Path folder;

    private Path script;
    private Path log;

    @BeforeEach
    void files() {
        script = folder.resolve("script");
        log = folder.resolve("log");
    }

    private AsyncioBench bench(String text) throws IOException {
        Files.writeString(script, text);
        return new AsyncioBench(Settings.QUICK, new Python("sh", true, "3.11"), script, log);
    }

    @Test
    void measure_readsTheSamples() throws Exception {
        var bench = bench("echo '{\"samples\": {\"time\": [1.5, 2], \"p99\": [3]}}'");
        assertThat(bench.measure(Samples.at("start-await"), Peer.ASYNCIO))
                .containsEntry("time", List.of(1.5, 2.0))
                .containsEntry("p99", List.of(3.0));
    }

    @Test
    void measure_tellsTheScriptWhatToDo() throws Exception {
        var bench = bench("echo \"$*\" >&2; echo '{\"samples\": {}}'");
        bench.measure(Samples.at("gather", 1_000), Peer.ASYNCIO);
        assertThat(log).hasContent("--warmups 3 --iterations 3 --seconds 0.2 gather 1000");
    }

    @Test
    void measure_scriptFails_namesTheLog() throws Exception {
        var bench = bench("echo broken >&2; exit 3");
        assertThatThrownBy(() -> bench.measure(Samples.at("start-await"), Peer.ASYNCIO))
                .isInstanceOf(BenchmarkFailedException.class)
                .hasMessage("the script ended with 3; what it said is in log");
        assertThat(log).hasContent("broken");
    }

    @Test
    void measure_noJson_showsTheAnswer() throws Exception {
        for (var answer : List.of("hello", "{}", "")) {
            var bench = bench("echo '" + answer + "'");
            assertThatThrownBy(() -> bench.measure(Samples.at("start-await"), Peer.ASYNCIO))
                    .isInstanceOf(BenchmarkFailedException.class)
                    .hasMessageStartingWith("the script answered '" + answer + "'");
        }
    }

    @Test
    void unavailable_withoutPython_saysWhy() {
        var bench = new AsyncioBench(Settings.QUICK, Python.of("python3", "Python 3.8.0"), script, log);
        assertThat(bench.unavailable())
                .hasValueSatisfying(why -> assertThat(why).contains("3.8.0"));
    }

    @Test
    void unavailable_withoutScript_namesIt() {
        var bench = new AsyncioBench(Settings.QUICK, new Python("sh", true, "3.11"), script, log);
        assertThat(bench.unavailable()).hasValue("the script " + script + " cannot be read");
    }
}
