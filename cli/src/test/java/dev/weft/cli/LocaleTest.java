package dev.weft.cli;

import static dev.weft.cli.ScriptedServer.answer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is beyond ASCII, in arguments, names, lists and headers, whatever the locale is. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no such locales")
class LocaleTest {

    @TempDir
    Path folder;

    /** What a shell under plain C came to. */
    private record Ended(int exit, String out) {}

    /** Runs a script under plain C: what it writes with {@code printf} are bytes, whatever this process's locale is. */
    private Ended shell(String script, String... arguments) throws Exception {
        var command = new ArrayList<>(List.of("sh", "-euc", script, "sh"));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true).directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("LC_") || name.equals("LANG"));
        builder.environment().put("LC_ALL", "C");
        builder.environment().put("JAVA_UNDER_TEST", System.getProperty("java.home"));
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        var process = builder.start();
        process.getOutputStream().close();
        var out = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), out);
    }

    private static final String PLAIN = "\"$JAVA_UNDER_TEST/bin/java\" dev.weft.cli.Main fetch ";

    private static Path root() {
        var root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("build-support/launch.sh"))) {
            root = root.getParent();
        }
        return root;
    }

    @Test
    void plainC_refusesWhatItCannotRead_andAsksForNothing() throws Exception {
        try (var server = new ScriptedServer(r -> answer(200, ""))) {
            for (var argument : new String[] {
                "\"$1$(printf '\\303\\251')\"",
                "\"$1\" -o \"$(printf 'o\\303\\251')\"",
                "\"$1\" -i \"$(printf '\\303\\251')\""
            }) {
                var ended = shell(PLAIN + argument, server.url("/"));
                assertThat(ended.exit).as(ended.out).isEqualTo(2);
                assertThat(ended.out).contains("LC_ALL=C.UTF-8").doesNotContain("Exception");
            }
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void launchers_readTheBytes() throws Exception {
        var launch = "root=$1; me=test; java_home=$JAVA_UNDER_TEST; . \"$root/build-support/launch.sh\"; "
                + "become -XX:TieredStopAtLevel=1 dev.weft.cli.Main fetch \"$2$(printf '\\303\\251')\""
                + " -o \"$(printf 'o\\303\\251')\"";
        try (var server = new ScriptedServer(r -> answer(200, "x"))) {
            var ended = shell(launch, root().toString(), server.url("/"));
            assertThat(ended.exit).as(ended.out).isZero();
            assertThat(server.requests())
                    .extracting(ScriptedServer.Request::target)
                    .containsExactly("/%C3%A9");
            assertThat(shell("find \"$(printf 'o\\303\\251')\" -type f | wc -l")
                            .out
                            .strip())
                    .isEqualTo("1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-8"})
    void list_isReadByItsMark(String charset) throws Exception {
        try (var server = new ScriptedServer(r -> answer(200, ""))) {
            var text = "\ufeff# a list\r\n" + server.url("/é") + "\r\n" + server.url("/\ud83d\ude00") + "\r\n";
            var list = Files.writeString(folder.resolve("list"), text, Charset.forName(charset));
            assertThat(Ran.fetch("-i", list.toString()).outcomes()).containsOnlyKeys("ok");
            assertThat(server.requests())
                    .extracting(ScriptedServer.Request::target)
                    .containsExactlyInAnyOrder("/%C3%A9", "/%F0%9F%98%80");
        }
    }

    @Test
    void list_withoutAMark_isToldOnce() throws Exception {
        var list = Files.writeString(folder.resolve("list"), "http://a/\r\nhttp://b/\r\n", StandardCharsets.UTF_16LE);
        var ran = Ran.weft("fetch", "-i", list.toString());
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).contains("UTF-16").contains("save it in UTF-8");
    }

    @Test
    void header_beyondAscii_isRefused_andNeverSentAsAQuestionMark() {
        var ran = Ran.weft("fetch", "-H", "X-Name: s3cr\u00e9t", "http://127.0.0.1:1/");
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err())
                .contains(
                        "X-Name", "beyond ASCII", "character 5", "U+00E9", "LATIN SMALL LETTER E WITH ACUTE", "%C3%A9")
                .doesNotContain("s3cr");
    }
}
