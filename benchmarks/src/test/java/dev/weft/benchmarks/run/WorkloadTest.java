package dev.weft.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.benchmarks.Extras;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

class WorkloadTest {

    static List<Workload> all() {
        return Workload.ALL;
    }

    @Test
    void all_haveNamesAndClassesOfTheirOwn() {
        assertThat(Workload.ALL).hasSizeGreaterThanOrEqualTo(14);
        assertThat(Workload.ALL).extracting(Workload::id).doesNotHaveDuplicates();
        assertThat(Workload.ALL).extracting(Workload::className).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("all")
    void class_hasAMethodForEachRuntimeOfOurs(Workload workload) {
        assertThat(JmhBench.methods(workload)).contains("weft", "weftEventLoop");
    }

    @ParameterizedTest
    @MethodSource("all")
    void class_hasNoMethodThatIsNoPeer(Workload workload) {
        var known = Arrays.stream(Peer.values())
                .filter(Peer::onJvm)
                .map(Peer::method)
                .toList();
        assertThat(JmhBench.methods(workload)).isSubsetOf(known);
    }

    @Test
    void allClassesThatCompareUsWithPeers_areInTheTable() throws IOException {
        var sources = Path.of("src/main/java/dev/weft/benchmarks");
        try (var files = Files.list(sources)) {
            var classes = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java") && !name.equals("package-info.java"))
                    .map(name -> name.replace(".java", ""))
                    .filter(WorkloadTest::comparesUs)
                    .toList();
            assertThat(Workload.ALL).extracting(Workload::benchmark).containsExactlyInAnyOrderElementsOf(classes);
        }
    }

    /** What measures Weft beside itself has methods of other names. */
    private static boolean comparesUs(String name) {
        try {
            var type = Class.forName(Workload.PACKAGE + "." + name);
            return !Modifier.isAbstract(type.getModifiers())
                    && Arrays.stream(type.getMethods())
                            .anyMatch(method -> method.isAnnotationPresent(Benchmark.class)
                                    && method.getName().equals("weft"));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void sizes_areGivenToAParameterOfTheClass(Workload workload) throws ClassNotFoundException {
        var parameters = Arrays.stream(Class.forName(workload.className()).getFields())
                .filter(field -> field.isAnnotationPresent(Param.class))
                .map(field -> field.getName())
                .toList();
        assertThat(parameters).isEqualTo(workload.sizes().isEmpty() ? List.of() : List.of("size"));
        assertThat(workload.quickSizes()).isSubsetOf(workload.sizes());
        assertThat(workload.sizes()).isSorted();
    }

    @Test
    void items_areTheSizeOrAllOfABatch() {
        assertThat(Samples.at("gather", 10).items()).isEqualTo(1_000);
        assertThat(Samples.at("gather", 100_000).items()).isEqualTo(100_000);
        assertThat(Samples.at("map-concurrent", 100).items()).isEqualTo(10_000);
        assertThat(Samples.at("yield").items()).isEqualTo(400_000);
    }

    @Test
    void metrics_divideByItemsAndUnit() {
        assertThat(Samples.at("start-await").primary().figure(500_000)).isEqualTo(500);
        assertThat(Samples.at("timeout-fires").primary().figure(11_000_000)).isEqualTo(1_100);
        var fanOut = Samples.at("fan-out");
        assertThat(fanOut.primary().figure(20_000_000)).isEqualTo(20);
        assertThat(fanOut.metric("throughput").figure(20_000_000)).isEqualTo(50_000);
        assertThat(fanOut.metric("p99").figure(8.5)).isEqualTo(8.5);
    }

    @Test
    void asyncioScript_hasTheSameWorkloads() throws IOException {
        var script = Files.readString(Path.of("src/main/python/asyncio_peer.py"));
        var table = script.substring(script.indexOf("WORKLOADS = {"));
        var names = Pattern.compile("^    \"([a-z-]+)\": ", Pattern.MULTILINE)
                .matcher(table)
                .results()
                .map((MatchResult name) -> name.group(1))
                .toList();
        assertThat(Workload.ALL).extracting(Workload::id).containsExactlyElementsOf(names);
    }

    @Test
    void extras_areReadAsReported(@org.junit.jupiter.api.io.TempDir Path folder) throws IOException {
        var file = folder.resolve("extras");
        System.setProperty(Extras.FILE_PROPERTY, file.toString());
        try {
            Extras.report("p99", 1.5);
            Extras.report("bytes", 684);
            Extras.report("p99", 2.5);
        } finally {
            System.clearProperty(Extras.FILE_PROPERTY);
        }
        assertThat(ExtrasFile.read(file))
                .containsEntry("p99", List.of(1.5, 2.5))
                .containsEntry("bytes", List.of(684.0));
    }
}
