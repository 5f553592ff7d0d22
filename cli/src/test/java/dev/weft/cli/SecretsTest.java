package dev.weft.cli;

import static dev.weft.cli.Ran.weft;
import static dev.weft.cli.ScriptedServer.answer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names and passwords in URLs and in a {@code .netrc}: sent to their server, and shown nowhere. */
class SecretsTest {

    private static final String BASIC = "Basic " + Base64.getEncoder().encodeToString("me:s3cret".getBytes(UTF_8));

    @TempDir
    Path folder;

    private static String with(String login, String url) {
        return url.replace("//", "//" + login + "@");
    }

    @ParameterizedTest
    @ValueSource(strings = {"human", "ndjson", "json", "junit"})
    void passwords_areShownNowhere(String format) throws Exception {
        try (var server = new ScriptedServer(r -> switch (r.target()) {
            case "/page" ->
                answer(
                        200,
                        "<a href='" + with("me:s3cret", "http://127.0.0.1:1/linked") + "'>x</a>",
                        "Content-Type: text/html");
            case "/away" -> answer(302, "", "Location: " + with("me:s3cret", "http://127.0.0.1:1/to"));
            case "/refused" -> answer(302, "", "Location: ftp://me:s3cret@h/");
            case "/silent" -> null;
            default -> answer(r.headers().containsKey("authorization") ? 200 : 401, "");
        })) {
            var list = Files.writeString(
                    folder.resolve("list"),
                    with("me:s3cret", server.url("/in-list")) + "\n"
                            + with("me:s3cret", server.url("/no port")).replace("127.0.0.1:", "127.0.0.1:x") + "\n"
                            + with("me:s3cret/s3cret", server.url("/")) + "\n"
                            + "ftp://me:s3cret@h/\nme:s3cret@host/x\nhttp:me:s3cret@host\n");
            var journal = folder.resolve("journal");
            var timeline = folder.resolve("timeline.html");
            var ran = weft(
                    "fetch",
                    "--format",
                    format,
                    "--progress",
                    "always",
                    "--deadline",
                    "3s",
                    "--dump-on-deadline",
                    "--resume",
                    journal.toString(),
                    "--timeline",
                    timeline.toString(),
                    "-o",
                    folder.resolve("out").toString(),
                    "-i",
                    list.toString(),
                    "--links",
                    with("me:s3cret", server.url("/page")),
                    with("me:s3cret", server.url("/ok")),
                    with("me:s3cret", server.url("/away")),
                    with("me:s3cret", server.url("/refused")),
                    with("me:s3cret", server.url("/silent")),
                    with("me:s3cret", "http://127.0.0.1:1/nobody"),
                    with("me:s3cret", "https://127.0.0.1:" + server.port() + "/no-tls"));
            for (var text : List.of(ran.out(), ran.err(), Files.readString(journal), Files.readString(timeline))) {
                assertThat(text).doesNotContain("s3cret").doesNotContain(BASIC.substring(10));
            }
            assertThat(ran.out()).contains("/in-list").contains("/linked").contains("/silent");
            for (var request : server.requests()) {
                assertThat(request.headers()).as(request.target()).containsEntry("authorization", BASIC);
            }
        }
    }

    @Test
    void login_ofAUrl_staysWithItsServer() throws Exception {
        try (var other = new ScriptedServer(r -> answer(200, ""));
                var server = new ScriptedServer(r -> switch (r.target()) {
                    case "/a" -> answer(302, "", "Location: /b");
                    case "/b" -> answer(302, "", "Location: " + other.url("/"));
                    default -> answer(200, "");
                })) {
            Ran.fetch(with("me:s%33cret", server.url("/a")), server.url("/c"));
            assertThat(server.requests()).allSatisfy(request -> {
                if (request.target().equals("/c")) {
                    assertThat(request.headers()).doesNotContainKey("authorization");
                } else {
                    assertThat(request.headers()).containsEntry("authorization", BASIC);
                }
            });
            assertThat(other.requests())
                    .singleElement()
                    .satisfies(request -> assertThat(request.headers()).doesNotContainKey("authorization"));
        }
    }

    @Test
    void header_goesBeforeTheUrlsLogin() throws Exception {
        try (var server = new ScriptedServer(r -> answer(200, ""))) {
            Ran.fetch("-H", "Authorization: Bearer x", with("me:s3cret", server.url("/")));
            assertThat(server.requests().getFirst().headers()).containsEntry("authorization", "Bearer x");
        }
    }

    @Test
    void netrc_isSentToItsHostsAlone() throws Exception {
        var file = Files.writeString(
                folder.resolve("netrc"),
                "# mine\n"
                        + "macdef x\n"
                        + "machine localhost login no password no\n\n"
                        + "machine 127.0.0.1\n"
                        + "  login \"me\" password s3cret\n"
                        + "default login d password d\n");
        try (var server = new ScriptedServer(r -> answer(200, ""))) {
            Ran.fetch("--netrc-file", file.toString(), server.url("/"));
            Ran.fetch(server.url("/"));
            assertThat(server.requests().get(0).headers()).containsEntry("authorization", BASIC);
            assertThat(server.requests().get(1).headers()).doesNotContainKey("authorization");
        }
    }

    @Test
    void netrc_thatIsNotThere_isWrongUsage() {
        assertThat(weft("fetch", "--netrc-file", folder.resolve("none").toString(), "http://127.0.0.1:1/")
                        .err())
                .contains("there is no file");
    }
}
