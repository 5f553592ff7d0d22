package dev.weft.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCommandTest {

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... args) {
        var console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8));
        return RunCommand.execute(new World(folder, "no-such-python", "1.2.3", console), args);
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String complained() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private Results aResult() {
        var at = Samples.at("start-await");
        return new Samples().figures(at, Peer.WEFT, 123).results();
    }

    @Test
    void unknownWorkload_namesItAndWhatThereIs() {
        assertThat(run("--workload", "nap")).isEqualTo(2);
        assertThat(complained()).contains("'nap'", "start-await, gather", "start-up", "--help");
    }

    @Test
    void unknownPeer_namesItAndWhatThereIs() {
        assertThat(run("--peer", "weft", "--peer", "loom")).isEqualTo(2);
        assertThat(complained()).contains("'loom'", "virtualThreads", "asyncio");
    }

    @Test
    void unknownOption_namesIt() {
        assertThat(run("--fast")).isEqualTo(2);
        assertThat(complained()).contains("--fast");
    }

    @Test
    void roundsThatAreNone_areRefused() {
        for (var rounds : List.of("0", "-1", "1001", "many")) {
            assertThat(run("--rounds", rounds)).isEqualTo(2);
            assertThat(complained()).contains(rounds);
        }
    }

    @Test
    void outThatCannotBeWritten_namesItAndTheRemedy() throws IOException {
        var file = Files.writeString(folder.resolve("file"), "");
        assertThat(run("--workload", "start-up", "--out", file.resolve("out").toString()))
                .isEqualTo(2);
        assertThat(complained()).contains("cannot write to " + file.resolve("out"), "--out");
    }

    @Test
    void list_hasEachWorkloadWithItsPeers() {
        assertThat(run("--list")).isZero();
        for (var workload : Workload.ALL) {
            assertThat(said()).contains(workload.id());
        }
        assertThat(said()).contains("1,000,000", "weftEventLoop", "asyncio");
    }

    @Test
    void list_ofOne_hasNoOther() {
        assertThat(run("--list", "--workload", "yield")).isZero();
        assertThat(said()).contains("yield").doesNotContain("gather");
    }

    @Test
    void reportOnly_withoutResults_saysSo() {
        assertThat(run("--report-only", "--out", folder.toString())).isEqualTo(2);
        assertThat(complained()).contains("results.json is not there");
    }

    @Test
    void reportOnly_resultsThatAreNone_saysSo() throws IOException {
        for (var text : List.of("{", "{}", "", "[1]")) {
            Files.writeString(folder.resolve("results.json"), text);
            assertThat(run("--report-only", "--out", folder.toString())).isEqualTo(2);
            assertThat(complained()).contains("is not a file of results");
        }
    }

    @Test
    void reportOnly_makesThePagesAnew() throws IOException {
        new ResultsFile(folder).write(aResult());
        var stale = Files.writeString(folder.resolve("gather.svg"), "of an older run");
        assertThat(run("--report-only", "--out", folder.toString())).isZero();
        assertThat(folder.resolve("README.md")).content().isEqualTo(Page.of(aResult()));
        assertThat(folder.resolve("start-await.svg")).content().contains("123");
        assertThat(stale).doesNotExist();
    }

    @Test
    void resultsFile_keepsAll() throws IOException {
        var at = Samples.at("memory", 1_000_000);
        var results = new Samples()
                .figures(at, Peer.WEFT, 684.25, 1e-7, 1e12)
                .gap(Samples.at("yield"), Peer.JOX, Results.Reason.FAILED, "a \"reason\" [1, 2 ] <x>")
                .results();
        var file = new ResultsFile(folder);
        file.write(results);
        assertThat(file.read()).isEqualTo(results);
    }

    @Test
    void withoutPython_saysSoAndTheRestIsDone() throws IOException {
        assertThat(run("--quick", "--workload", "start-up", "--peer", "asyncio", "--out", folder.toString()))
                .isZero();
        assertThat(complained()).contains("asyncio is left out: no-such-python was not found");
        assertThat(new ResultsFile(folder).read().gaps()).hasSize(1);
        assertThat(folder.resolve("README.md")).content().contains("skipped: no-such-python was not found");
    }
}
