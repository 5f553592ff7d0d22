package dev.weft.cli;

import static dev.weft.cli.Ran.fetch;
import static dev.weft.cli.ScriptedServer.answer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A real nginx, over HTTP/1.1 and over HTTP/2, where it is installed; elsewhere the scripted servers have to do. */
class NginxTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void look() {
        assumeTrue(Nginx.program().isPresent(), "no nginx is installed: apt-get install nginx-light, or the like");
    }

    /** How a server is asked: by HTTP/1.1, or by HTTP/2 over TLS. */
    enum Way {
        HTTP1,
        HTTP2;

        String url(Nginx nginx, String target) {
            return this == HTTP1 ? nginx.url(target) : nginx.tls(target);
        }
    }

    private static Ran run(Nginx nginx, List<String> urls, String... options) {
        var arguments = new ArrayList<>(List.of(options));
        arguments.add("--cacert");
        arguments.add(nginx.certificate().toString());
        arguments.addAll(urls);
        return fetch(arguments.toArray(String[]::new));
    }

    private static List<String> urls(int count, UnaryOperator<String> at) {
        return IntStream.range(0, count).mapToObj(i -> at.apply("/" + i)).toList();
    }

    private static List<String> targets(List<Nginx.Logged> requests) {
        return requests.stream().map(Nginx.Logged::target).toList();
    }

    private static long connections(List<Nginx.Logged> requests) {
        return requests.stream().map(Nginx.Logged::connection).distinct().count();
    }

    // ---- Connections

    @Test
    void connection_thatEndsAfterSomeRequests_costsNothing() throws Exception {
        try (var nginx = Nginx.start(folder, "keepalive_requests 7; location / { return 200 ok; }")) {
            var urls = urls(100, nginx::url);
            assertThat(run(nginx, urls, "--per-host", "5").outcomes()).containsExactly(Map.entry("ok", 100L));
            var requests = nginx.requests();
            assertThat(targets(requests))
                    .as("each is asked once")
                    .containsExactlyInAnyOrderElementsOf(urls(100, target -> target));
            assertThat(connections(requests)).isGreaterThanOrEqualTo(100 / 7);
        }
    }

    @Test
    void fewStreams_andGoAwaysInMidRun_costNothing() throws Exception {
        try (var nginx = Nginx.start(
                folder, "http2_max_concurrent_streams 4; keepalive_requests 20;", "location / { return 200 ok; }")) {
            var urls = urls(100, nginx::tls);
            var ran = run(nginx, urls, "--per-host", "8");
            assertThat(ran.outcomes()).containsExactly(Map.entry("ok", 100L));
            assertThat(ran.results()).extracting(result -> result.get("url")).doesNotHaveDuplicates();
            var requests = nginx.requests();
            assertThat(requests).extracting(Nginx.Logged::protocol).containsOnly("HTTP/2.0");
            assertThat(targets(requests))
                    .as("each is asked once")
                    .containsExactlyInAnyOrderElementsOf(urls(100, target -> target));
            assertThat(connections(requests)).isGreaterThanOrEqualTo(100 / 20);
        }
    }

    @Test
    void limitForAHost_holdsAboveHttp2() throws Exception {
        try (var nginx = Nginx.start(
                folder,
                "limit_conn_zone $binary_remote_addr zone=server:32k;",
                "limit_conn server 3; location / { try_files /page =404; }")) {
            Files.writeString(nginx.site().resolve("page"), "x");
            assertThat(run(nginx, urls(100, nginx::tls), "--per-host", "3").outcomes())
                    .containsExactly(Map.entry("ok", 100L));
            assertThat(connections(nginx.requests())).isLessThanOrEqualTo(3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void reload_inMidRun_costsNothing(Way way) throws Exception {
        var started = new Nginx[1];
        try (var backend = new ScriptedServer(r -> {
                    started[0].signal("reload");
                    started[0].awaitLog("start worker process ", 2);
                    return answer(200, "");
                });
                var nginx = started[0] = Nginx.start(
                        folder,
                        "location / { return 200 ok; } location = /50 { proxy_pass " + backend.url("") + "; }")) {
            var urls = urls(100, target -> way.url(nginx, target));
            var ran = run(nginx, urls, "--per-host", "6");
            assertThat(ran.outcomes()).containsExactly(Map.entry("ok", 100L));
            assertThat(ran.results()).extracting(result -> result.get("url")).containsExactlyInAnyOrderElementsOf(urls);
        }
    }

    @ParameterizedTest
    @EnumSource
    void quit_inMidRun_answersWhatWasAsked_andRefusesTheRest(Way way) throws Exception {
        var started = new Nginx[1];
        try (var backend = new ScriptedServer(r -> {
                    started[0].signal("quit");
                    started[0].awaitLog("gracefully shutting down", 1);
                    return answer(200, "");
                });
                var nginx = started[0] = Nginx.start(
                        folder,
                        "location / { return 200 ok; } location = /50 { proxy_pass " + backend.url("") + "; }")) {
            var urls = urls(100, target -> way.url(nginx, target));
            var ran = run(nginx, urls, "--per-host", "6");
            assertThat(ran.results()).extracting(result -> result.get("url")).containsExactlyInAnyOrderElementsOf(urls);
            // how many come after it is nginx's affair: streams on an open connection may still be answered
            assertThat(ran.outcomes().keySet()).isSubsetOf("ok", "error");
            assertThat(ran.result(urls.get(50))).containsEntry("outcome", "ok");
            nginx.close();
            var late = run(nginx, urls.subList(0, 10));
            assertThat(late.outcomes()).containsExactly(Map.entry("error", 10L));
            assertThat(Stream.concat(ran.results().stream(), late.results().stream()))
                    .filteredOn(result -> result.get("outcome").equals("error"))
                    .allSatisfy(result -> assertThat(result)
                            .containsEntry("kind", "connect")
                            .containsEntry("message", "cannot connect: nobody answers there"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void requestThatIsHungUpOn_isAnErrorOfItsUrlAlone(Way way) throws Exception {
        try (var nginx = Nginx.start(folder, "location / { return 200 ok; } location = /20 { return 444; }")) {
            var urls = urls(100, target -> way.url(nginx, target));
            var ran = run(nginx, urls, "--per-host", "6");
            assertThat(ran.outcomes()).containsOnly(Map.entry("ok", 99L), Map.entry("error", 1L));
            assertThat(ran.result(urls.get(20))).containsEntry("kind", "io");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "[::1]"})
    void server_thatListensOnOneFamilyOnly_isFound(String address) throws Exception {
        assumeTrue(!address.equals("[::1]") || hasIpv6(), "there is no IPv6 on loopback");
        try (var nginx = Nginx.start(folder, address, "", "location / { return 200 ok; }")) {
            var url = "http://" + address + ":" + nginx.port() + "/";
            assertThat(fetch(url).result(url)).containsEntry("outcome", "ok");
        }
    }

    private static boolean hasIpv6() {
        try (var socket = new java.net.ServerSocket(0, 1, java.net.InetAddress.ofLiteral("::1"))) {
            return socket.isBound();
        } catch (java.io.IOException e) {
            return false;
        }
    }

    // ---- Answers

    @ParameterizedTest
    @EnumSource
    void packedBody_isUnpacked(Way way) throws Exception {
        var text = "Some text, again and again.\n".repeat(10_000);
        try (var nginx = Nginx.start(folder, "gzip on; gzip_types *; gzip_http_version 1.0;")) {
            Files.writeString(nginx.site().resolve("text.html"), text);
            var url = way.url(nginx, "/text.html");
            var result = run(nginx, List.of(url), "--compressed", "-o", folder + "/out")
                    .result(url);
            assertThat(result).containsEntry("outcome", "ok").containsEntry("bytes", 280_000L);
            assertThat(Path.of(result.get("file").toString())).hasContent(text);
        }
    }

    @ParameterizedTest
    @EnumSource
    void redirect_thatIsNotEscaped_isFollowed(Way way) throws Exception {
        try (var nginx =
                Nginx.start(folder, "location / { return 302 '/sé here'; } location = '/sé here' { return 200 ok; }")) {
            var url = way.url(nginx, "/");
            assertThat(run(nginx, List.of(url)).result(url))
                    .containsEntry("outcome", "ok")
                    .containsEntry("final_url", way.url(nginx, "/s%C3%A9%20here"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void body_thatIsCutShort_isNoBody(Way way) throws Exception {
        try (var backend = new ScriptedServer(
                        r -> "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + "half".repeat(10_000));
                var nginx = Nginx.start(folder, "location / { proxy_pass " + backend.url("") + "; }")) {
            var url = way.url(nginx, "/");
            assertThat(run(nginx, List.of(url), "-o", folder + "/out").result(url))
                    .containsEntry("outcome", "error")
                    .containsEntry("kind", "io");
            try (Stream<Path> files = Files.walk(folder.resolve("out"))) {
                assertThat(files.filter(Files::isRegularFile)).isEmpty();
            }
        }
    }

    @Test
    void lastModified_isTheFilesTime() throws Exception {
        try (var nginx = Nginx.start(folder, "")) {
            var time = FileTime.from(Instant.parse("2015-10-21T07:28:00Z"));
            Files.setLastModifiedTime(Files.writeString(nginx.site().resolve("old"), "x"), time);
            var file = fetch("-o", folder + "/out", nginx.url("/old"))
                    .result(nginx.url("/old"))
                    .get("file");
            assertThat(Files.getLastModifiedTime(Path.of(file.toString()))).isEqualTo(time);
        }
    }

    @Test
    void listOfAFolder_isFollowed() throws Exception {
        try (var nginx = Nginx.start(folder, "autoindex on;")) {
            for (var name : List.of("a b.txt", "50%.txt", "é.txt", "c#d?.txt", "x&y.txt")) {
                assumeTrue(canName(name), "the locale has no names beyond ASCII for files");
                Files.writeString(nginx.site().resolve(name), name);
            }
            var ran = fetch("--links", nginx.url("/"));
            assertThat(ran.outcomes()).containsOnlyKeys("ok");
            assertThat(ran.results())
                    .extracting(result -> result.get("url").toString())
                    .contains(
                            nginx.url("/a%20b.txt"),
                            nginx.url("/50%25.txt"),
                            nginx.url("/%C3%A9.txt"),
                            nginx.url("/c%23d%3F.txt"),
                            nginx.url("/x%26y.txt"));
        }
    }

    private static boolean canName(String name) {
        return java.nio.charset.Charset.forName(System.getProperty("sun.jnu.encoding"))
                .newEncoder()
                .canEncode(name);
    }

    // ---- Refusals

    @ParameterizedTest
    @EnumSource
    void tooManyAtOnce_isTriedAgain(Way way) throws Exception {
        var started = new Nginx[1];
        var isHeld = new CountDownLatch(1);
        try (var backend = new ScriptedServer(r -> {
                    isHeld.countDown();
                    started[0].awaitLog("limiting connections", 1);
                    return answer(200, "");
                });
                var nginx = started[0] = Nginx.start(
                        folder,
                        "limit_conn_zone $binary_remote_addr zone=server:32k;",
                        "limit_conn server 1; location / { try_files /page =404; } location = /held { proxy_pass "
                                + backend.url("") + "; }")) {
            Files.writeString(nginx.site().resolve("page"), "x");
            var held = new FutureTask<>(() -> run(nginx, List.of(way.url(nginx, "/held"))));
            Thread.ofVirtual().start(held);
            isHeld.await();
            var url = way.url(nginx, "/");
            var ran = run(nginx, List.of(url), "--retries", "1000", "--retry-wait", "10ms", "--retry-max-wait", "50ms");
            assertThat(ran.result(url)).containsEntry("outcome", "ok").containsKey("tries");
            assertThat(held.get().outcomes()).containsOnlyKeys("ok");
            assertThat(nginx.requests()).extracting(Nginx.Logged::status).contains(503);
        }
    }

    @Test
    void tooManyInASecond_areTriedAgain() throws Exception {
        try (var nginx = Nginx.start(
                folder,
                "limit_req_zone $binary_remote_addr zone=server:32k rate=50r/s; limit_req_status 429;",
                "limit_req zone=server; location / { try_files /page =404; }")) {
            Files.writeString(nginx.site().resolve("page"), "x");
            var ran = run(
                    nginx,
                    urls(6, nginx::url),
                    "--per-host",
                    "6",
                    "--retries",
                    "100",
                    "--retry-wait",
                    "10ms",
                    "--retry-max-wait",
                    "50ms");
            assertThat(ran.outcomes()).containsExactly(Map.entry("ok", 6L));
            assertThat(nginx.requests())
                    .filteredOn(request -> request.status() == 429)
                    .isNotEmpty()
                    .hasSize(ran.results().stream()
                            .mapToInt(result -> ((Long) result.getOrDefault("tries", 1L)).intValue() - 1)
                            .sum());
        }
    }

    @ParameterizedTest
    @EnumSource
    void login_isThatOfTheUrl(Way way) throws Exception {
        try (var nginx = Nginx.start(folder, "auth_basic x; auth_basic_user_file users;")) {
            Files.writeString(folder.resolve("users"), "me:{PLAIN}sé cret\n", UTF_8);
            Files.writeString(nginx.site().resolve("page"), "x");
            var url = way.url(nginx, "/page");
            var named = url.replace("//", "//me:s%C3%A9%20cret@");
            assertThat(run(nginx, List.of(named)).outcomes()).containsOnlyKeys("ok");
            assertThat(run(nginx, List.of(url)).result(url))
                    .containsEntry("outcome", "failed")
                    .containsEntry("status", 401L);
        }
    }

    @ParameterizedTest
    @EnumSource
    void dataThatIsTooLong_isAnsweredByItsStatus(Way way) throws Exception {
        try (var nginx = Nginx.start(folder, "client_max_body_size 1k;")) {
            var data = Files.writeString(folder.resolve("data"), "x".repeat(4_000_000));
            var url = way.url(nginx, "/");
            assertThat(run(nginx, List.of(url), "--data", "@" + data).result(url))
                    .containsEntry("outcome", "failed")
                    .containsEntry("status", 413L);
        }
    }

    @Test
    void headThatIsTooLong_isAnsweredByItsStatus() throws Exception {
        try (var nginx = Nginx.start(folder, "large_client_header_buffers 2 2k; location / { return 200 ok; }")) {
            var url = nginx.url("/");
            assertThat(run(nginx, List.of(url), "-H", "X-Long: " + "x".repeat(20_000))
                            .result(url))
                    .containsEntry("outcome", "failed")
                    .containsEntry("status", 400L);
            var longUrl = nginx.url("/" + "x".repeat(5_000));
            assertThat(run(nginx, List.of(longUrl)).result(longUrl))
                    .containsEntry("outcome", "failed")
                    .containsEntry("status", 414L);
        }
    }

    /** Over HTTP/2, nginx answers such a head by the end of the whole connection. */
    @Test
    void headThatEndsAConnection_isAnErrorOfItsUrlAlone() throws Exception {
        try (var nginx = Nginx.start(folder, "large_client_header_buffers 2 2k; location / { return 200 ok; }")) {
            var urls = new ArrayList<>(urls(60, nginx::tls));
            var longUrl = nginx.tls("/" + "x".repeat(5_000));
            urls.add(30, longUrl);
            var ran = run(nginx, urls, "--per-host", "6");
            assertThat(ran.result(longUrl)).containsEntry("outcome", "error").containsEntry("kind", "io");
            assertThat(ran.outcomes()).containsOnly(Map.entry("ok", 60L), Map.entry("error", 1L));
        }
    }
}
