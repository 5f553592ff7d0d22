package dev.weft.cli;

import static dev.weft.cli.Ran.weft;
import static dev.weft.cli.ScriptedServer.answer;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.api.Test;

/** Proxies and cookies. */
class FetchTransportTest {

    @Test
    void proxy_isAskedForTheWholeUrl_andFindsTheHostItself() throws Exception {
        try (var proxy = new ScriptedServer(r -> answer(200, "via"))) {
            var url = "http://nowhere.invalid/x";
            var ran = weft("fetch", "--format", "ndjson", "--proxy", "127.0.0.1:" + proxy.port(), url);
            assertThat(ran.result(url)).containsEntry("outcome", "ok").containsEntry("bytes", 3L);
            assertThat(proxy.requests())
                    .extracting(ScriptedServer.Request::target)
                    .containsExactly(url);
        }
    }

    @Test
    void noProxy_isReachedDirectly() throws Exception {
        try (var proxy = new ScriptedServer(r -> answer(500, ""));
                var server = new ScriptedServer(r -> answer(200, ""))) {
            var url = server.url("/");
            assertThat(weft("fetch", "--proxy", "127.0.0.1:" + proxy.port(), "--no-proxy", "127.0.0.1", url)
                            .exitCode())
                    .isZero();
            assertThat(proxy.requests()).isEmpty();
        }
    }

    @Test
    void proxyThatWantsToKnowWhoAsks_isTold() throws Exception {
        var basic = "Basic " + Base64.getEncoder().encodeToString("me:s p".getBytes());
        try (var proxy = new ScriptedServer(r -> basic.equals(r.headers().get("proxy-authorization"))
                ? answer(200, "")
                : answer(407, "", "Proxy-Authenticate: Basic realm=\"x\""))) {
            var url = "http://nowhere.invalid/x";
            assertThat(weft("fetch", "--format", "ndjson", "--proxy", "me:s%20p@127.0.0.1:" + proxy.port(), url)
                            .result(url))
                    .containsEntry("outcome", "ok");
            var wrong = weft("fetch", "--format", "ndjson", "--proxy", "me:no@127.0.0.1:" + proxy.port(), url)
                    .result(url);
            assertThat(wrong)
                    .containsEntry("outcome", "error")
                    .containsEntry("kind", "connect")
                    .containsEntry(
                            "message",
                            "the proxy 127.0.0.1:" + proxy.port() + ": does not accept the user name and password");
        }
    }

    @Test
    void proxyThatIsNotThere_isBlamed_andNotTheUrl() {
        var url = "http://a.example/";
        assertThat(weft("fetch", "--format", "ndjson", "--proxy", "127.0.0.1:1", url)
                        .result(url))
                .containsEntry("kind", "connect")
                .containsEntry("message", "the proxy 127.0.0.1:1: cannot connect: nobody answers there");
    }

    @Test
    void proxyThatDoesNotTunnel_isNamed() throws Exception {
        try (var proxy = new ScriptedServer(r -> answer(403, ""))) {
            var url = "https://nowhere.invalid/x";
            var result = weft("fetch", "--format", "ndjson", "--proxy", "127.0.0.1:" + proxy.port(), url)
                    .result(url);
            assertThat(result)
                    .containsEntry("outcome", "error")
                    .containsEntry("kind", "connect")
                    .containsEntry(
                            "message",
                            "the proxy 127.0.0.1:" + proxy.port() + ": does not connect to the server: status 403");
            assertThat(proxy.requests())
                    .extracting(ScriptedServer.Request::method)
                    .containsExactly("CONNECT");
        }
    }

    @Test
    void cookies_areIgnored_unlessTheyAreWanted() throws Exception {
        try (var server = new ScriptedServer(r -> r.target().equals("/login")
                ? answer(302, "", "Location: /in", "Set-Cookie: key=1; Path=/")
                : answer(r.headers().containsKey("cookie") ? 200 : 403, ""))) {
            var url = server.url("/login");
            assertThat(weft("fetch", "--format", "ndjson", url).result(url)).containsEntry("status", 403L);
            assertThat(weft("fetch", "--format", "ndjson", "--cookies", url).result(url))
                    .containsEntry("status", 200L);
        }
    }
}
