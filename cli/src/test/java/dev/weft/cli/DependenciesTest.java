package dev.weft.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The build's check of dependencies finds what it is there for. */
class DependenciesTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    private static Path compiled;

    @TempDir
    private Path checkout;

    private String said = "";

    @BeforeAll
    static void compile() {
        var source = ROOT.resolve("build-support/Dependencies.java").toString();
        var status = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-d", compiled.toString(), source);
        assertThat(status).isZero();
    }

    @BeforeEach
    void copy() throws IOException {
        for (var file : List.of(
                "pom.xml",
                "cli/pom.xml",
                "core/pom.xml",
                "build-support/advisories.tsv",
                "build-support/dependencies.tsv")) {
            Files.createDirectories(checkout.resolve(file).getParent());
            Files.copy(ROOT.resolve(file), checkout.resolve(file));
        }
    }

    private void replace(String file, String pattern, String by) throws IOException {
        var text = Files.readString(checkout.resolve(file));
        var changed = text.replaceFirst(pattern, by);
        assertThat(changed).isNotEqualTo(text);
        Files.writeString(checkout.resolve(file), changed);
    }

    private int check(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                compiled.toString(),
                "Dependencies"));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        said = new String(process.getInputStream().readAllBytes(), UTF_8);
        return process.waitFor();
    }

    private int check() throws Exception {
        return check(checkout.toString(), checkout.resolve("target/table.md").toString());
    }

    @Test
    void whatIsInUse_hasNoKnownFault_andATable() throws Exception {
        assertThat(check()).as(said).isZero();
        assertThat(Files.readString(checkout.resolve("target/table.md")))
                .contains("| org.jsoup:jsoup | packed | ", "| MIT |");
    }

    @Test
    void vulnerableDependency_failsTheBuild() throws Exception {
        replace("pom.xml", "<jsoup.version>[^<]*<", "<jsoup.version>1.21.2<");
        assertThat(check()).isEqualTo(1);
        assertThat(said).contains("org.jsoup:jsoup 1.21.2", "fixed in 1.24.1", "CVE-2026-75140");
    }

    @Test
    void newAdvisory_failsTheBuild() throws Exception {
        Files.writeString(
                checkout.resolve("build-support/advisories.tsv"),
                "info.picocli:picocli\t4.0\t99.10\t2026-12-01\ta canary\n",
                java.nio.file.StandardOpenOption.APPEND);
        assertThat(check()).isEqualTo(1);
        assertThat(said).contains("a canary");
    }

    @Test
    void dependencyWithoutALicence_failsTheBuild() throws Exception {
        replace("build-support/dependencies.tsv", "org.jsoup:jsoup", "org.jsoup:other");
        assertThat(check()).isEqualTo(1);
        assertThat(said).contains("org.jsoup:jsoup is not in");
    }

    @EnabledIfSystemProperty(named = "weft.hostile.full", matches = "true")
    @ParameterizedTest
    @CsvSource({"25, 1", "25.0.3, 1", "25.0.6, 0", "26, 0", "24.0.2, 0"})
    void otherJavaBelowTheBaseline_isNotPacked(String version, int code) throws Exception {
        javaBelowTheBaseline_isNotPacked(version, code);
    }

    @ParameterizedTest
    @CsvSource({"25.0.5, 1", "25.0.5.1, 0", "25.0.10, 0"})
    void javaBelowTheBaseline_isNotPacked(String version, int code) throws Exception {
        assertThat(check("java", checkout.toString(), version)).as(said).isEqualTo(code);
    }

    /** What comes with another dependency is packed too, and has to be in the list with its very version. */
    @Test
    void packedJars_areInTheList() throws Exception {
        var list = Files.readString(ROOT.resolve("build-support/dependencies.tsv"));
        var jar = Pattern.compile(".*/([a-z4-]+?)-(\\d[^/]*)\\.jar");
        var packed = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(jar::matcher)
                .filter(java.util.regex.Matcher::matches)
                .filter(found -> List.of(
                                "picocli",
                                "jackson-core",
                                "jgroups",
                                "jsoup",
                                "commonmark",
                                "commonmark-ext-autolink",
                                "autolink",
                                "tomlj",
                                "antlr4-runtime")
                        .contains(found.group(1)))
                .toList();
        assertThat(packed)
                .hasSize(9)
                .allSatisfy(found -> assertThat(list)
                        .containsPattern("(?m):" + found.group(1) + "\tpacked\t[^\t]+\t" + Pattern.quote(found.group(2))
                                + "\t"));
    }
}
