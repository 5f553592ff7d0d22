package dev.weft.cli;

import static dev.weft.cli.Ran.weft;
import static dev.weft.cli.ScriptedServer.answer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cli.console.StandardIo;
import dev.weft.cli.hostile.Liar;
import dev.weft.cli.text.JsonWriter;
import dev.weft.cli.text.Shown;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every output, given the same texts that act on a terminal, forge lines, reorder them, or hold a password. */
@Timeout(300)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "no such names of files there")
class HostileTextTest {

    private static final String SECRET = "hunter2";

    /** Clears a screen, sets a title, by ESC and by C1; forges a line; reorders; hides. */
    private static final String ACTING = "\u001b[2J\u001b]0;own\u0007\u009b2J\u009d0;own\u009c\r\nFORGED\u0085\b\u007f"
            + "\u061c\u200e\u200f\u202e\u2066\u2028\u2029\u200b\ufeff";

    private static final String HOSTILE =
            "a" + ACTING + " http://user:" + SECRET + "@host/ http://user:x/" + SECRET + "@host/";

    @TempDir
    private static Path folder;

    private static Ran coloured(String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var io = new StandardIo(
                new ByteArrayInputStream(new byte[0]), out, err, Map.of("COLUMNS", "4000", "LINES", "50"), true, true);
        var code = new Program(io).run(arguments);
        return new Ran(code, out.toString(UTF_8), err.toString(UTF_8), java.time.Duration.ZERO);
    }

    /** Nothing acts but this program's own colours and the moves of top; no line is forged; no secret is in it. */
    private static void isHarmless(String text) {
        var own = text.replaceAll("\u001b\\[(0|2|31|32|33)m", "").replaceAll("\u001b\\[[HJK]|\r\u001b\\[K", "");
        assertThat(own.codePoints().filter(c -> c != '\n' && Shown.isHarmful(c)).mapToObj(Integer::toHexString))
                .as(text)
                .isEmpty();
        assertThat(text.lines()).noneMatch(line -> line.startsWith("FORGED"));
        assertThat(text).doesNotContain(SECRET);
    }

    private static void isHarmless(Ran ran) {
        assertThat(ran.out() + ran.err()).isNotEmpty();
        isHarmless(ran.out());
        isHarmless(ran.err());
    }

    private static Stream<List<String>> fetches() {
        var list = "list";
        return Stream.of("human", "ndjson", "json", "junit")
                .flatMap(format -> Stream.of(
                        List.of("--format", format, HOSTILE, "user:" + SECRET + "@host", "ftp://u:" + SECRET + "@h/"),
                        List.of("--format", format, "-i", list),
                        List.of("--format", format, "--links", "page" + ACTING + ".html"),
                        List.of("--format", format, "--links", "none" + ACTING + ".html"),
                        List.of("--format", format, "--sitemap", "page" + ACTING + ".html"),
                        List.of("--format", format, "-i", "none" + ACTING),
                        List.of("--format", format, "--links", "http://u:" + SECRET + "@h/"),
                        List.of("--format", format, "http://127.0.0.1:1/", "--timeline", "timeline.html")));
    }

    @ParameterizedTest
    @MethodSource("fetches")
    void fetch_showsNothingThatActs(List<String> arguments) throws Exception {
        var page = "<a href='http://user:" + SECRET + "@h/'>x</a><a href=\"ht\u001b[2Jtp://\u202e/\">y</a>"
                + "<a href='//user:" + SECRET + "@h/'>x</a><a href='http:/user:" + SECRET + "@h/'>x</a>"
                + "<a href='http:\\\\user:" + SECRET + "@h/'>x</a><a href='http:///user:" + SECRET + "@h/'>x</a>"
                + "<a href='ftp://us\"er:" + SECRET + "@h/'>x</a><a href='//user:\u001b " + SECRET + "@h/'>x</a>"
                + "<a href='http://127.0.0.1:1/\u202e\u009b'>z</a>";
        Files.writeString(folder.resolve("page" + ACTING.replace("/", "") + ".html"), page);
        Files.writeString(folder.resolve("list"), "user:" + SECRET + "@h\n" + HOSTILE.replaceAll("[\r\n]", "") + "\n");
        var resolved = arguments.stream()
                .map(argument -> argument.startsWith("page")
                                || argument.startsWith("none")
                                || argument.equals("list")
                                || argument.equals("timeline.html")
                        ? folder.resolve(argument).toString()
                        : argument);
        var command = Stream.concat(Stream.of("fetch"), resolved).toArray(String[]::new);
        isHarmless(weft(command));
        isHarmless(coloured(command));
        if (arguments.contains("timeline.html")) {
            var picture = Files.readString(folder.resolve("timeline.html"));
            isHarmless(picture);
        }
    }

    private static Stream<List<String>> wrongUsage() {
        return Stream.of(
                List.of(HOSTILE),
                List.of("fetch", "--" + HOSTILE),
                List.of("fetch", "--porxy=http://user:" + SECRET + "@h"),
                List.of("fetch", "--porxy=user:" + SECRET + "@h"),
                List.of("fetch", "--haeder=Authorization: Bearer " + SECRET),
                List.of("fetch", "http://a/", "--timeout", HOSTILE),
                List.of("fetch", "http://a/", "--format", HOSTILE),
                List.of("fetch", "http://a/", "--rate", HOSTILE),
                List.of("fetch", "http://a/", "--accept-status", HOSTILE),
                List.of("fetch", "http://a/", "--max-bytes", HOSTILE),
                List.of("fetch", "http://a/", "--fail-on", HOSTILE),
                List.of("fetch", "http://a/", "--cacert", "/none" + ACTING),
                List.of("fetch", "http://a/", "-X", HOSTILE),
                List.of("fetch", "http://a/", "-H", SECRET),
                List.of("fetch", "http://a/", "-H", "Authorization: Bearer " + SECRET + "\u0001"),
                List.of("fetch", "http://a/", "-H", "Authorization: Bearer " + SECRET + "\r\nx: y"),
                List.of("fetch", "http://a/", "-H", "Host: " + SECRET),
                List.of("fetch", "http://a/", "-H", "Na me: " + SECRET),
                List.of("fetch", "http://a/", "--proxy", "http://user:" + SECRET + "/x@host:3128"),
                List.of("fetch", "http://a/", "--proxy", "http://user:" + SECRET + "@x@host:3128/"),
                List.of("fetch", "http://a/", "--proxy", "http://user:1/" + SECRET + "@host:3128"),
                List.of("fetch", "http://a/", "--proxy", "http://user/" + SECRET + "@host:3128"),
                List.of("fetch", "http://a/", "--proxy", "user:" + SECRET + "?@host:3128"),
                List.of("fetch", "http://a/", "--proxy", "http://user:x@y" + SECRET + "#@host"),
                List.of("fetch", "http://a/", "--proxy", "https://user:" + SECRET + "@host:3128"),
                List.of("fetch", "http://a/", "--proxy", "socks5://user:a/b" + SECRET + "@host:3128"),
                List.of("fetch", "http://a/", "-o", "/none/" + ACTING),
                List.of("fetch", "http://a/", "--resume", "/none/" + ACTING),
                List.of("fetch", "http://a/", "--timeline", "/none/" + ACTING),
                List.of("ps", HOSTILE),
                List.of("ps", "--state", HOSTILE),
                List.of("pstree", HOSTILE),
                List.of("top", "1", "--interval", HOSTILE),
                List.of("timeline", "/none" + ACTING),
                List.of("timeline", "/etc/hosts", "-o", "/none" + ACTING),
                List.of("completion", HOSTILE),
                List.of("man-pages", "/none" + ACTING),
                List.of("help", HOSTILE),
                List.of("demo-server", "--port", HOSTILE));
    }

    @ParameterizedTest
    @MethodSource("wrongUsage")
    void wrongUsage_isSaidWithoutWhatActs(List<String> arguments) {
        isHarmless(weft(arguments.toArray(String[]::new)));
        isHarmless(coloured(arguments.toArray(String[]::new)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"//user:%s@h/", "http:user:%s@h/", "http:///user:%s@h/", "http:\\\\user:%s@h/", "//us\"er:%s@h/"
            })
    void redirectWithAPassword_isToldWithoutIt(String location) throws Exception {
        try (var server = new ScriptedServer(_ -> answer(302, "", "Location: " + location.formatted(SECRET)))) {
            for (var format : List.of("human", "ndjson", "json", "junit")) {
                var ran = weft("fetch", "--format", format, server.url("/"));
                isHarmless(ran);
                assertThat(ran.out()).contains("redirect");
            }
        }
    }

    @Test
    void proxyOfTheEnvironment_isNotShownWithItsPassword() {
        for (var proxy : List.of("http://u:" + SECRET + "/@h:1", "u:@" + SECRET + "@h:x", "ftp://u:" + SECRET + "@h")) {
            var err = new ByteArrayOutputStream();
            var io = new StandardIo(
                    new ByteArrayInputStream(new byte[0]),
                    new ByteArrayOutputStream(),
                    err,
                    Map.of("http_proxy", proxy),
                    false,
                    false);
            assertThat(new Program(io).run("fetch", "http://a/")).isEqualTo(2);
            assertThat(err.toString(UTF_8)).contains("http_proxy").doesNotContain(SECRET);
        }
    }

    private static String quoted(String text) {
        return JsonWriter.shown()
                .open('{')
                .field("x", text.replace("://user", ":\\/\\/user"))
                .close('}')
                .toString()
                .replaceAll("^\\{\"x\":|}$", "")
                .replace("\\\\/", "\\/");
    }

    @Test
    void anotherProcess_showsNothingThatActs() throws Exception {
        var name = quoted(HOSTILE);
        var task = "{\"id\":2,\"parent\":1,\"kind\":\"TASK\",\"name\":" + name
                + ",\"state\":\"WAITING\",\"ageNanos\":5000000000,"
                + "\"waitingFor\":" + name
                + ",\"awaits\":[2],\"awaitedBy\":[2],\"deadline\":{\"remainingNanos\":5,\"owner\":" + name
                + "},\"cancellation\":{\"count\":2,\"reason\":" + name + ",\"by\":" + name
                + ",\"sinceNanos\":9000000000},"
                + "\"createdAt\":" + name + ",\"frames\":[" + name + "]}";
        var dump = Files.writeString(
                folder.resolve("dump.json"),
                "{\"takenAt\":\"" + Instant.now()
                        + "\",\"pid\":1,\"entries\":[{\"id\":1,\"parent\":0,\"kind\":\"RUN\",\"name\":"
                        + name + ",\"state\":\"RUNNING\",\"awaits\":[],\"awaitedBy\":[],\"frames\":[]}," + task
                        + "],\"awaitCycles\":[[2]]}",
                StandardCharsets.UTF_8);
        var classes = Files.createDirectories(folder.resolve("classes"));
        try (var liar = Liar.start(classes, "-Dlie=" + dump);
                var thrower = Liar.start(classes, "-Dlie=throws")) {
            var pid = String.valueOf(liar.pid());
            for (var command : List.of(
                    List.of("ps", pid, "--frames", "1", "--timeout", "60s"),
                    List.of("ps", pid, "--format", "json", "--timeout", "60s"),
                    List.of("ps", pid, "--format", "ndjson", "--timeout", "60s"),
                    List.of("pstree", pid, "--frames", "1", "--timeout", "60s"),
                    List.of("top", pid, "--count", "2", "--interval", "1ms", "--timeout", "60s"),
                    List.of("ps", String.valueOf(thrower.pid()), "--timeout", "60s"))) {
                var plain = weft(command.toArray(String[]::new));
                isHarmless(plain);
                isHarmless(coloured(command.toArray(String[]::new)));
                assertThat(plain.out() + plain.err()).contains(command.contains(pid) ? "host" : "no \\x1b[2J");
            }
        }
    }
}
