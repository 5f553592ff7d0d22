package dev.weft.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the launchers of a checkout do when something must be built: with a Maven that only notes that it was called.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launchers are for POSIX shells")
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LauncherTest {

    @TempDir
    Path temp;

    private Path root;
    private Path out;
    private Path treasure;

    @BeforeEach
    void makeCheckout() throws IOException {
        var real = real();
        root = Files.createDirectory(temp.resolve("-root"));
        Files.createDirectories(root.resolve("build-support"));
        for (var name : List.of("launch.sh", "build.sh", "warm.sh", "warm-up.sh", "Locked.java")) {
            Files.copy(real.resolve("build-support/" + name), root.resolve("build-support/" + name));
        }
        Files.createDirectories(root.resolve("m/src/main"));
        Files.createDirectories(root.resolve("m/target"));
        Files.writeString(root.resolve("m/target/weft-m.jar"), "built");
        Files.writeString(root.resolve("m/target/weft.jar"), "built");
        out = root.resolve("target/launch");
        treasure = Files.writeString(temp.resolve("treasure"), "dear");
        var maven = Files.writeString(
                Files.createDirectory(temp.resolve("bin")).resolve("mvn"),
                "#!/bin/sh\necho begun >>'" + temp.resolve("log") + "'\nsleep 0.5\necho ended >>'" + temp.resolve("log")
                        + "'\n");
        Files.setPosixFilePermissions(maven, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** The checkout that this test is part of. */
    private static Path real() {
        var real = Path.of("").toAbsolutePath();
        while (!Files.exists(real.resolve("build-support/launch.sh"))) {
            real = real.getParent();
        }
        return real;
    }

    private Process launch() throws IOException {
        var script =
                "root=$1; me=test; java_home=$2; . \"$root/build-support/launch.sh\"; ensure weft.jar m; echo done";
        var builder = new ProcessBuilder("sh", "-euc", script, "sh", root.toString(), System.getProperty("java.home"))
                .redirectErrorStream(true);
        builder.environment().merge("PATH", temp.resolve("bin").toString(), (path, bin) -> bin + ":" + path);
        return builder.start();
    }

    private static String said(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), UTF_8);
    }

    private List<String> log() throws IOException {
        return Files.readAllLines(temp.resolve("log"));
    }

    @Test
    void severalAtOnce_buildOnce() throws Exception {
        var all = new ArrayList<Process>();
        for (var i = 0; i < 3; i++) {
            all.add(launch());
        }
        for (var process : all) {
            assertThat(said(process)).endsWith("done\n");
        }
        assertThat(log()).containsExactly("begun", "ended");
        assertThat(out.resolve("weft.jar")).hasContent("built");
        try (var left = Files.list(out)) {
            assertThat(left.map(file -> file.getFileName().toString()).collect(toSet()))
                    .containsExactlyInAnyOrder("weft.jar", "weft-m.jar", "build.lock");
        }
    }

    private Process warm(String then) throws IOException {
        var script = "root=$1; me=test; java_home=$2; . \"$root/build-support/launch.sh\"; ensure weft.jar m; warm"
                + " weft.jar; "
                + then;
        var builder = new ProcessBuilder("sh", "-euc", script, "sh", root.toString(), System.getProperty("java.home"))
                .redirectErrorStream(true);
        builder.environment().merge("PATH", temp.resolve("bin").toString(), (path, bin) -> bin + ":" + path);
        return builder.start();
    }

    private Path cache() throws IOException {
        try (var files = Files.list(out)) {
            return files.filter(file -> file.toString().endsWith(".aot"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void cacheThatCannotBeMade_isTriedOnce_andTheProgramStartsWithoutIt() throws Exception {
        var tell = "echo program ${program##*/}, options ${cache_options:-none}";
        assertThat(said(warm(tell)))
                .contains("making the next starts faster")
                .endsWith("program weft.jar, options none\n");
        assertThat(cache()).isEmptyFile();
        assertThat(said(warm(tell))).isEqualTo("program weft.jar, options none\n");
    }

    @Test
    void cacheThatDoesNotFit_isPassedOver_withoutAWord() throws Exception {
        said(warm(":"));
        var cache = cache();
        Files.writeString(cache, "of another Java");
        Files.writeString(Path.of(cache.toString().replace(".aot", ".jar")), "a jar");
        // what java says of itself, and nothing else
        assertThat(said(warm("echo \"${program##*/}\"; become --version")))
                .matches("weft-[^\n]*[.]jar\n(?:[^\n]*" + Runtime.version().feature() + "[.][^\n]*\n){3}");
    }

    @Test
    void linkInThePlaceOfTheCache_isReplaced_notFollowed() throws Exception {
        said(warm(":"));
        var cache = cache();
        Files.delete(cache);
        Files.createSymbolicLink(cache, treasure);
        assertThat(said(warm("echo done"))).endsWith("done\n");
        assertThat(treasure).hasContent("dear");
        assertThat(cache).isRegularFile().isEmptyFile();
        assertThat(Files.isSymbolicLink(cache)).isFalse();
    }

    @Test
    void locksOfTheDead_holdUpNobody() throws Exception {
        Files.createDirectories(out);
        // of this process, which lives and builds nothing: an id that was given to another
        Files.createSymbolicLink(
                out.resolve("lock"),
                Path.of(String.valueOf(ProcessHandle.current().pid())));
        Files.createSymbolicLink(out.resolve("lock.break"), Path.of("1"));
        Files.writeString(out.resolve("build.lock"), "");
        assertThat(said(launch())).endsWith("done\n");
    }

    @Test
    void lockThatIsSomethingElse_isSaid() throws Exception {
        Files.createDirectories(out);
        Files.createDirectory(out.resolve("build.lock"));
        assertThat(said(launch())).contains("cannot lock").doesNotContain("done");
        Files.delete(out.resolve("build.lock"));
        Files.createSymbolicLink(out.resolve("build.lock"), treasure);
        assertThat(said(launch())).contains("it is not a file").doesNotContain("done");
        assertThat(treasure).hasContent("dear");
    }

    @Test
    void linksInTheFolder_areReplaced_notFollowed() throws Exception {
        Files.createDirectories(out);
        for (var name : List.of("weft.jar", "weft-m.jar", "new", "began", "build-m.log")) {
            Files.createSymbolicLink(out.resolve(name), treasure);
        }
        var old = java.nio.file.attribute.FileTime.fromMillis(0);
        Files.setLastModifiedTime(treasure, old);
        assertThat(said(launch())).endsWith("done\n");
        assertThat(treasure).hasContent("dear");
        assertThat(Files.getLastModifiedTime(treasure)).isEqualTo(old);
        assertThat(Files.isSymbolicLink(out.resolve("weft.jar"))).isFalse();
    }

    @Test
    void folderThatOthersMayWriteTo_orThatIsALink_isNotUsed() throws Exception {
        Files.createDirectories(out);
        Files.writeString(out.resolve("weft.jar"), "planted");
        Files.setPosixFilePermissions(out, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(said(launch())).contains("is not a folder of yours alone").doesNotContain("done");
        Files.setPosixFilePermissions(out, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.move(out, temp.resolve("elsewhere"));
        Files.createSymbolicLink(out, temp.resolve("elsewhere"));
        assertThat(said(launch())).contains("is not a folder of yours alone").doesNotContain("done");
    }

    @Test
    void buildThatIsKilled_leavesNoLock() throws Exception {
        var first = launch();
        while (!Files.exists(temp.resolve("log"))) {
            Thread.onSpinWait();
        }
        first.descendants().forEach(ProcessHandle::destroyForcibly);
        first.destroyForcibly().waitFor();
        assertThat(said(launch())).endsWith("done\n");
        assertThat(log()).containsExactly("begun", "begun", "ended");
    }

    /** Starts an example with a Java that only says what it was given. */
    private String exampleStartedWith(Map<String, String> environment) throws Exception {
        Files.createDirectories(root.resolve("examples/src/main/java/dev/weft/examples"));
        Files.copy(real().resolve("examples/run"), root.resolve("examples/run"));
        Files.writeString(root.resolve("examples/src/main/java/dev/weft/examples/P07Seventh.java"), "");
        Files.createDirectories(out);
        Files.writeString(out.resolve("examples-classpath.txt"), "others.jar");
        var java = Files.createDirectories(temp.resolve("java/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho \"$@\"\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(temp.resolve("java/release"), "JAVA_VERSION=\"25\"\n");
        var builder = new ProcessBuilder("sh", root.resolve("examples/run").toString(), "7", "--parallel")
                .redirectErrorStream(true);
        builder.environment().remove("WEFT_JAVA_OPTS");
        builder.environment().put("WEFT_JAVA_HOME", temp.resolve("java").toString());
        builder.environment().putAll(environment);
        return said(builder.start());
    }

    @Test
    void examples_runTheirEventLoopsOnACarrier_unlessTheUserSaysOtherwise() throws Exception {
        assertThat(exampleStartedWith(Map.of()))
                .startsWith("-Dweft.carrier=true --add-opens=java.base/java.lang=ALL-UNNAMED -cp ")
                .endsWith(" dev.weft.examples.P07Seventh --parallel\n");
    }

    @Test
    void examples_optionsOfTheUser_areTheOnlyOnes() throws Exception {
        assertThat(exampleStartedWith(Map.of("WEFT_JAVA_OPTS", "-Xmx1g"))).startsWith("-Xmx1g -cp ");
    }
}
