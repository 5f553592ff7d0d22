package dev.weft.cluster;

import static dev.weft.Weft.run;
import static dev.weft.cluster.TestMember.SLEEP;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes with other versions of JGroups beside ours: {@code -Dweft.cluster.jgroups=a.jar:b.jar} names them, with the
 * separator of paths between two.
 */
@EnabledIfSystemProperty(named = "weft.cluster.jgroups", matches = ".+")
class OtherJGroupsTest {

    @TempDir
    private Path folder;

    @Test
    void cl36_memberWithAnotherJGroups_isRefused_andCallsGoOn() throws Exception {
        var jars = System.getProperty("weft.cluster.jgroups").split(File.pathSeparator);
        for (var jar : jars) {
            assertThat(Path.of(jar)).exists();
            run(() -> beside(jar));
        }
    }

    private void beside(String jar) throws Exception {
        var addresses = List.of(TestPorts.address(), TestPorts.address(), TestPorts.address());
        try (var worker = member(addresses, 0).serve(SLEEP, text -> text).open();
                var caller = member(addresses, 1).open()) {
            assertThat(caller.call(SLEEP, "before")).isEqualTo("before");
            var said = folder.resolve("said");
            var other = other(jar, addresses, said);
            for (var i = 0; other.isAlive(); i++) {
                assertThat(caller.call(SLEEP, "x" + i)).isEqualTo("x" + i);
            }
            assertThat(other.exitValue()).isNotZero();
            var name = Path.of(jar).getFileName().toString();
            assertThat(Files.readString(said))
                    .contains("IllegalStateException: weft-cluster needs JGroups 5.5.7")
                    .contains(
                            "this process has " + name.substring("jgroups-".length(), name.length() - ".jar".length()));
            assertThat(caller.call(SLEEP, "after")).isEqualTo("after");
            assertThat(caller.snapshot().lost()).isZero();
            assertThat(worker.members()).hasSize(1);
        }
    }

    private static WorkersBuilder member(List<String> addresses, int number) {
        return Workers.builder("processes")
                .name("m" + number)
                .bind(addresses.get(number))
                .join(addresses)
                .insecure();
    }

    private Process other(String jar, List<String> addresses, Path said) throws Exception {
        var classes = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !Path.of(entry).getFileName().toString().startsWith("jgroups-"))
                .collect(Collectors.joining(File.pathSeparator));
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        jar + File.pathSeparator + classes,
                        TestMember.class.getName(),
                        "other",
                        addresses.get(2),
                        String.join(",", addresses),
                        folder.resolve("log").toString(),
                        "worker")
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        process.onExit().orTimeout(60, TimeUnit.SECONDS).whenComplete((ended, late) -> process.destroyForcibly());
        return process;
    }
}
