package dev.weft.benchmarks.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.benchmarks.run.Console;
import dev.weft.benchmarks.run.World;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterCommandTest {

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... args) {
        var console = new Console(
                "benchmarks/run cluster",
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return ClusterCommand.execute(new World(folder, "no-such-python", "1.2.3", console), args);
    }

    private String complained() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private static ClusterResults results() {
        return new MadeUp()
                .samples(ClusterRow.ROUND_TRIP, ClusterPeer.WEFT, 123, 0.5, 1e9)
                .gap("link", ClusterPeer.WEFT_TLS, false, "a \"reason\" [1, 2 ] <x>")
                .results();
    }

    @Test
    void wrongUsage_namesItAndWhereHelpIs() {
        for (var wrong : List.of("--fast", "calls")) {
            assertThat(run(wrong)).isEqualTo(2);
            assertThat(complained()).contains(wrong, "benchmarks/run cluster --help");
        }
    }

    @Test
    void unknownSceneOrPeer_namesItAndWhatThereIs() {
        assertThat(run("--scene", "nap")).isEqualTo(2);
        assertThat(complained()).contains("no scene is called 'nap'; there are calls, losses, link");
        assertThat(run("--peer", "akka")).isEqualTo(2);
        assertThat(complained()).contains("no peer is called 'akka'; there are weft, jgroups, hazelcast");
    }

    @Test
    void sceneThatAPeerHasNot_isRefused() {
        assertThat(run("--scene", "link", "--peer", "hazelcast")).isEqualTo(2);
        assertThat(complained()).contains("there is no scene [link] of [hazelcast]");
    }

    @Test
    void outThatCannotBeWritten_namesItAndTheRemedy() throws IOException {
        var file = Files.writeString(folder.resolve("file"), "");
        assertThat(run("--out", file.resolve("out").toString())).isEqualTo(2);
        assertThat(complained()).contains("cannot write to " + file.resolve("out"), "--out");
    }

    @Test
    void reportOnly_withoutResults_saysSo() {
        assertThat(run("--report-only", "--out", folder.toString())).isEqualTo(2);
        assertThat(complained()).contains("cluster-results.json is not there");
    }

    @Test
    void reportOnly_resultsThatAreNone_saysSo() throws IOException {
        for (var text : List.of("{", "{}", "", "[1]")) {
            Files.writeString(folder.resolve("cluster-results.json"), text);
            assertThat(run("--report-only", "--out", folder.toString())).isEqualTo(2);
            assertThat(complained()).contains("is not a file of results");
        }
    }

    @Test
    void reportOnly_makesThePageAnew() throws IOException {
        ClusterResults.file(folder).write(results());
        assertThat(run("--report-only", "--out", folder.toString())).isZero();
        assertThat(folder.resolve("cluster.md")).content().isEqualTo(ClusterPage.of(results()));
    }

    @Test
    void resultsFile_keepsAll() throws IOException {
        ClusterResults.file(folder).write(results());
        assertThat(ClusterResults.read(folder)).isEqualTo(results());
    }

    @Test
    void scenes_eachPeerHasATurnInEachRoundAndEachRoundAnotherFirst() {
        var calls = ClusterCommand.scenes(Extent.FULL).stream()
                .filter(scene -> scene.name().equals("calls"))
                .map(Scene::peer)
                .toList();
        var peers = calls.size() / Extent.FULL.rounds();
        var first = new HashSet<ClusterPeer>();
        for (var round = 0; round < Extent.FULL.rounds(); round++) {
            var inTurn = calls.subList(round * peers, (round + 1) * peers);
            first.add(inTurn.getFirst());
            assertThat(inTurn).doesNotHaveDuplicates().hasSize(5);
        }
        assertThat(first).hasSize(Extent.FULL.rounds());
        assertThat(ClusterCommand.scenes(Extent.QUICK).stream().map(Scene::name).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder("calls", "losses", "link");
    }

    @Test
    void measuresAndEndsAllProcesses() throws IOException {
        assertThat(run("--quick", "--scene", "losses", "--peer", "jgroups", "--out", folder.toString()))
                .isZero();
        var found = ClusterResults.read(folder);
        assertThat(found.gaps()).isEmpty();
        assertThat(found.samples(ClusterRow.KILL, ClusterPeer.JGROUPS)).isPresent();
        assertThat(ProcessHandle.current().children().filter(ClusterCommandTest::isMember))
                .isEmpty();
    }

    private static boolean isMember(ProcessHandle process) {
        return process.info().commandLine().orElse("").contains(MemberMain.class.getName());
    }
}
