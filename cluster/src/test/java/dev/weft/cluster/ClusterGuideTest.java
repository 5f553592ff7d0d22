package dev.weft.cluster;

import static dev.weft.Weft.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The code of docs/cluster.md is that of {@link ClusterGuide}, which runs here. With {@code -Dweft.guide.write=true},
 * this test writes the regions into the page.
 */
class ClusterGuideTest {

    private static final Path PAGE = Path.of("..", "docs", "cluster.md");
    private static final Path SOURCE = Path.of("src/test/java/dev/weft/cluster/ClusterGuide.java");

    private static final Pattern BLOCK =
            Pattern.compile("(?ms)^(?:<!-- snippet: ClusterGuide#(\\w+) -->\n)?```java\n(.*?)^```$");

    @TempDir
    Path folder;

    private final String one = TestPorts.address();
    private final String other = TestPorts.address();

    @BeforeEach
    void certificates() throws Exception {
        var made = TestCertificates.shared().member("ca", "member");
        Files.createDirectory(folder.resolve("tls"));
        for (var name : List.of("ca.pem", "cert.pem", "key.pem")) {
            Files.copy(made.resolve(name), folder.resolve("tls").resolve(name));
        }
    }

    private Process start(String role, String bind) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ClusterGuide.class.getName(),
                        role,
                        bind,
                        one,
                        other)
                .directory(folder.toFile())
                .redirectError(folder.resolve(role + ".err").toFile())
                .start();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "a process that is destroyed there gets no signal")
    void program_addsUpWhatAWorkerReturns_andTheWorkerDrains() throws Exception {
        var worker = start("worker", one);
        var caller = start("caller", other);
        try (var out = caller.inputReader()) {
            var expected = ClusterGuide.urls().stream()
                    .mapToInt(url -> ClusterGuide.fetch(url).length())
                    .sum();
            assertThat(out.readLine())
                    .as(Files.readString(folder.resolve("caller.err")))
                    .isEqualTo(String.valueOf(expected));
            assertThat(caller.waitFor()).isZero();
            worker.destroy();
            assertThat(worker.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(worker.exitValue()).isEqualTo(143);
        } finally {
            worker.destroyForcibly().waitFor();
            caller.destroyForcibly().waitFor();
        }
    }

    /** The file of the page, with a system property in place of its address. */
    @Test
    void settings_ofThePage_makeAMember() throws Exception {
        var text = Pattern.compile("(?ms)^```properties\n(.*?)^```$")
                .matcher(Files.readString(PAGE))
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
        var file = Files.writeString(folder.resolve("weft-cluster.properties"), text);
        System.setProperty("weft.cluster.bind", one);
        try {
            run(() -> {
                try (var member = ClusterGuide.configured(file);
                        var caller = Workers.builder("pages")
                                .bind(other)
                                .join(one)
                                .tls(Tls.fromPem(folder.resolve("tls")))
                                .open()) {
                    assertThat(caller.call(ClusterGuide.SIZE, "x")).isEqualTo(7);
                    assertThat(caller.members())
                            .singleElement()
                            .satisfies(seen -> assertThat(seen.limit()).isEqualTo(200));
                    assertThat(member.snapshot().ran()).isEqualTo(1);
                }
            });
        } finally {
            System.clearProperty("weft.cluster.bind");
        }
    }

    @Test
    void page_showsWhatRuns() throws IOException {
        var page = Files.readString(PAGE);
        var source = Files.readString(SOURCE);
        assertThat(BLOCK.matcher(page).results().map(block -> String.valueOf(block.group(1))))
                .as("each block of Java needs <!-- snippet: ClusterGuide#name --> above it")
                .containsExactly("program", "configured");
        var rendered = BLOCK.matcher(page).replaceAll(block -> Matcher.quoteReplacement(shown(block, source)));
        if (Boolean.getBoolean("weft.guide.write")) {
            Files.writeString(PAGE, rendered);
        } else {
            assertThat(page).as("-Dweft.guide.write=true writes it").isEqualTo(rendered);
        }
    }

    private static String shown(MatchResult block, String source) {
        var begin = source.indexOf("// snippet " + block.group(1) + "\n");
        var end = source.indexOf("// end\n", begin);
        var region = source.substring(source.indexOf('\n', begin) + 1, source.lastIndexOf('\n', end) + 1);
        return "<!-- snippet: ClusterGuide#" + block.group(1) + " -->\n```java\n"
                + region.stripTrailing().stripIndent() + "\n```";
    }
}
