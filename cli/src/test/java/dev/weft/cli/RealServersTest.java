package dev.weft.cli;

import static dev.weft.cli.Ran.fetch;
import static dev.weft.cli.ScriptedServer.answer;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cli.http.Proxies;
import java.io.ByteArrayOutputStream;
import java.net.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What real servers do, and take. */
class RealServersTest {

    /** A text whose characters are the bytes of the given one in UTF-8, as {@link ScriptedServer} writes them. */
    private static String bytes(String text) {
        return new String(text.getBytes(UTF_8), ISO_8859_1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "DELETE"})
    void request_hasNoLength_andTakesAnything(String method) throws Exception {
        try (var server = new ScriptedServer(r -> answer(200, ""))) {
            var url = server.url("/");
            assertThat(fetch("-X", method, url).result(url)).containsEntry("outcome", "ok");
            assertThat(server.requests().getFirst().headers())
                    .doesNotContainKeys("content-length", "accept-encoding")
                    .containsEntry("accept", "*/*");
            fetch("-X", method, "-H", "accept: text/html", url);
            assertThat(server.requests().getLast().headers()).containsEntry("accept", "text/html");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "/sé | /s%C3%A9",
                "/a b | /a%20b",
                "/{a}^c\"<d>`e | /%7Ba%7D%5Ec%22%3Cd%3E%60e",
                "/100%?q=5% | /100%25?q=5%25",
                "sub\\x?a\\b | /sub/x?a%5Cb",
            })
    void location_isReadAsABrowserReadsIt(String location, String asked) throws Exception {
        try (var server = new ScriptedServer(
                r -> r.target().equals("/") ? answer(302, "", "Location: " + bytes(location)) : answer(200, ""))) {
            var url = server.url("/");
            assertThat(fetch(url).result(url))
                    .containsEntry("outcome", "ok")
                    .containsEntry("final_url", server.url(asked));
            assertThat(server.requests().getLast().target()).isEqualTo(asked);
        }
    }

    @Test
    void location_thatIsNotUtf8_isAskedForByteByByte() throws Exception {
        try (var server = new ScriptedServer(r -> r.target().equals("/")
                ? answer(302, "", "Location: /s\u00e9")
                : answer(200, "", "X-Name: \u00ff\u00e9"))) {
            var url = server.url("/");
            assertThat(fetch(url).result(url)).containsEntry("outcome", "ok");
            assertThat(server.requests().getLast().target()).isEqualTo("/s%E9");
        }
    }

    @Test
    void lists_andArguments_areReadTheSameWay(@TempDir Path folder) throws Exception {
        try (var server = new ScriptedServer(r -> answer(200, ""))) {
            var list = Files.writeString(folder.resolve("l"), server.url("/a é|%.html\n"));
            var argument = server.url("/b é|%.html");
            assertThat(fetch("-i", list.toString(), argument).outcomes()).containsOnlyKeys("ok");
            assertThat(server.requests())
                    .extracting(ScriptedServer.Request::target)
                    .containsExactlyInAnyOrder("/a%20%C3%A9%7C%25.html", "/b%20%C3%A9%7C%25.html");
        }
    }

    @Test
    void cookies_letTheSamePageBeAskedAgain() throws Exception {
        try (var server = new ScriptedServer(r -> r.headers().containsKey("cookie")
                ? answer(200, "")
                : answer(302, "", "Location: /", "Set-Cookie: seen=1"))) {
            var url = server.url("/");
            assertThat(fetch("--cookies", url).result(url)).containsEntry("outcome", "ok");
            assertThat(String.valueOf(fetch(url).result(url).get("message")))
                    .contains("redirect loop")
                    .contains("--cookies");
        }
    }

    @Test
    void cookies_doNotMakeALoopEndless() throws Exception {
        try (var server = new ScriptedServer(r -> answer(302, "", "Location: /", "Set-Cookie: seen=1"))) {
            var url = server.url("/");
            assertThat(fetch("--cookies", url).result(url)).containsEntry("kind", "redirect");
            assertThat(server.requests()).hasSize(2);
        }
    }

    private static String gzip(String text) throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var packing = new GZIPOutputStream(bytes)) {
            packing.write(text.getBytes(UTF_8));
        }
        return bytes.toString(ISO_8859_1);
    }

    private static String deflate(String text) throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var packing = new DeflaterOutputStream(bytes)) {
            packing.write(text.getBytes(UTF_8));
        }
        return bytes.toString(ISO_8859_1);
    }

    @Test
    void packedBody_isUnpacked_andCountedSo(@TempDir Path folder) throws Exception {
        var text = "text ".repeat(20_000);
        try (var server = new ScriptedServer(r -> switch (r.target()) {
            case "/gzip" -> answer(200, gzip(text), "Content-Encoding: gzip");
            case "/parts" -> answer(200, gzip(text) + gzip("!"), "Content-Encoding: x-gzip");
            case "/deflate" -> answer(200, deflate(text), "Content-Encoding: Deflate");
            case "/empty" -> answer(200, "", "Content-Encoding: gzip");
            case "/short" -> answer(200, gzip(text).substring(0, 100), "Content-Encoding: gzip");
            case "/wrong" -> answer(200, text, "Content-Encoding: gzip");
            default -> answer(200, "??", "Content-Encoding: br");
        })) {
            var ran = fetch(
                    "--compressed",
                    "-o",
                    folder.resolve("out").toString(),
                    server.url("/gzip"),
                    server.url("/parts"),
                    server.url("/deflate"),
                    server.url("/empty"),
                    server.url("/short"),
                    server.url("/wrong"),
                    server.url("/br"));
            for (var path : new String[] {"/gzip", "/deflate"}) {
                var result = ran.result(server.url(path));
                assertThat(result).containsEntry("bytes", 100_000L);
                assertThat(Path.of(String.valueOf(result.get("file")))).hasContent(text);
            }
            assertThat(ran.result(server.url("/parts"))).containsEntry("bytes", 100_001L);
            assertThat(ran.result(server.url("/empty"))).containsEntry("outcome", "ok");
            assertThat(ran.result(server.url("/short")))
                    .containsEntry("kind", "io")
                    .containsEntry("message", "the packed body is not whole");
            assertThat(ran.result(server.url("/wrong")))
                    .containsEntry("bytes", 100_000L)
                    .containsEntry("note", "not packed, though its Content-Encoding says so");
            assertThat(ran.result(server.url("/br")))
                    .containsEntry("outcome", "ok")
                    .containsEntry("note", "packed as br, and left so");
            assertThat(server.requests().getFirst().headers()).containsEntry("accept-encoding", "gzip");
        }
    }

    @Test
    void packedBody_thatUnpacksToTooMuch_isStopped() throws Exception {
        var bomb = gzip("0".repeat(10_000_000));
        try (var server = new ScriptedServer(r -> answer(200, bomb, "Content-Encoding: gzip"))) {
            var url = server.url("/");
            assertThat(fetch("--max-bytes", "1MB", url).result(url)).containsEntry("kind", "size");
        }
    }

    @Test
    void check_asksByGet_whenHeadIsNotAnswered() throws Exception {
        try (var server = new ScriptedServer(r -> r.method().equals("HEAD") ? null : answer(200, ""))) {
            var url = server.url("/");
            assertThat(fetch("--check", "--timeout", "3s", url).result(url))
                    .containsEntry("outcome", "ok")
                    .containsEntry("note", "GET, after HEAD got no answer in 1.5s");
        }
    }

    @Test
    void lastModified_isTheFilesTime(@TempDir Path folder) throws Exception {
        try (var server = new ScriptedServer(r -> answer(200, "x", "Last-Modified: Wed, 21 Oct 2015 07:28:00 GMT"))) {
            var url = server.url("/");
            var file = fetch("-o", folder.toString(), url).result(url).get("file");
            assertThat(Files.getLastModifiedTime(Path.of(String.valueOf(file))))
                    .isEqualTo(FileTime.from(Instant.parse("2015-10-21T07:28:00Z")));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.1.2.3, true",
        "10.0.0.0/8, 11.1.2.3, false",
        "192.168.1.128/25, 192.168.1.127, false",
        "0.0.0.0/0, 1.2.3.4, true",
        "fd00::/8, fd12::1, true",
        "fd00::/8, fe80::1, false",
        "10.0.0.0/33, 10.1.2.3, false",
        "10.0.0.0/8, a.example, false",
    })
    void noProxy_takesNetworks(String network, String host, boolean isIn) {
        var proxies = Proxies.of("http://proxy:1", network, Map.of());
        var selected = proxies.select(URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + "/"));
        assertThat(selected.getFirst().equals(Proxy.NO_PROXY)).isEqualTo(isIn);
    }

    @Test
    void folder_thatBecomesALink_isNotWrittenThrough(@TempDir Path temp) throws Exception {
        var folder = temp.resolve("pages");
        var treasure = Files.createDirectory(temp.resolve("treasure"));
        try (var server = new ScriptedServer(r -> {
            Files.move(folder, temp.resolve("moved"));
            Files.createSymbolicLink(folder, treasure);
            return answer(200, "x");
        })) {
            var url = server.url("/");
            assertThat(fetch("-o", folder.toString(), url).result(url))
                    .containsEntry("outcome", "error")
                    .containsEntry("kind", "file");
            assertThat(treasure).isEmptyDirectory();
        }
    }
}
