package dev.weft.cli;

import static dev.weft.cli.Ran.weft;
import static dev.weft.cli.ScriptedServer.answer;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** {@code --retries}, {@code --rate}, {@code --check}: how often a server is asked, and when. */
class FetchRetryTest {

    @Test
    void passingFailure_isTriedAgain_andTheLastTryCounts() throws Exception {
        try (var server = new ScriptedServer(r -> r.number() < 3 ? answer(503, "busy") : answer(200, "done"))) {
            var ran = weft("fetch", "--format", "ndjson", "--retries", "5", "--retry-wait", "20ms", server.url("/a"));
            assertThat(ran.result(server.url("/a")))
                    .containsEntry("outcome", "ok")
                    .containsEntry("tries", 3L)
                    .containsEntry("bytes", 12L);
            assertThat(server.requests()).hasSize(3);
            assertThat(ran.exitCode()).isZero();
        }
    }

    @Test
    void triesEnd_andTheLastOutcomeStands() throws Exception {
        try (var server = new ScriptedServer(r -> r.target().equals("/busy") ? answer(503, "") : "nonsense\r\n\r\n")) {
            var ran = weft(
                    "fetch",
                    "--format",
                    "ndjson",
                    "--retries",
                    "2",
                    "--retry-wait",
                    "10ms",
                    server.url("/busy"),
                    server.url("/broken"));
            assertThat(ran.result(server.url("/busy")))
                    .containsEntry("outcome", "failed")
                    .containsEntry("status", 503L)
                    .containsEntry("tries", 3L);
            assertThat(ran.result(server.url("/broken")))
                    .containsEntry("outcome", "error")
                    .containsEntry("kind", "io")
                    .containsEntry("tries", 3L);
            assertThat(server.requests()).hasSize(6);
        }
    }

    @Test
    void retryAfter_isObeyed() throws Exception {
        try (var server =
                new ScriptedServer(r -> r.number() == 1 ? answer(429, "", "Retry-After: 1") : answer(200, "done"))) {
            var ran = weft("fetch", "--format", "ndjson", "--retries", "1", "--retry-wait", "10ms", server.url("/a"));
            assertThat(ran.result(server.url("/a"))).containsEntry("outcome", "ok");
            var requests = server.requests();
            assertThat(Duration.ofNanos(
                            requests.get(1).nanos() - requests.get(0).nanos()))
                    .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        }
    }

    @Test
    void retryAfter_beyondWhatIsWaitedFor_endsIt_andSaysSo() throws Exception {
        try (var server = new ScriptedServer(r -> answer(503, "", "Retry-After: 3600"))) {
            var url = server.url("/a");
            assertThat(weft("fetch", "--format", "ndjson", "--retries", "9", url)
                            .result(url))
                    .containsEntry("outcome", "failed")
                    .containsEntry("note", "asks to come back in 1h, later than --retry-max-wait 1m");
            var ran = weft(
                    "fetch",
                    "--format",
                    "ndjson",
                    "--retries",
                    "9",
                    "--retry-max-wait",
                    "2h",
                    "--deadline",
                    "30s",
                    url);
            assertThat(ran.result(url))
                    .containsEntry("outcome", "failed")
                    .containsEntry("note", "the next try, in 1h00m, is beyond the deadline");
            assertThat(ran.exitCode()).as("everything has its answer").isEqualTo(1);
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void whatPauses_holdsNoPermit_andAtTheEndKeepsItsLastOutcome() throws Exception {
        try (var server = new ScriptedServer(r -> switch (r.target()) {
            case "/busy" -> answer(503, "");
            case "/silent" -> null;
            default -> answer(200, "");
        })) {
            var ran = weft(
                    "fetch",
                    "--format",
                    "ndjson",
                    "--concurrency",
                    "1",
                    "--retries",
                    "1",
                    "--retry-wait",
                    "1s",
                    "--deadline",
                    "1500ms",
                    server.url("/busy"),
                    server.url("/ok"),
                    server.url("/silent"));
            assertThat(ran.result(server.url("/ok"))).containsEntry("outcome", "ok");
            assertThat(ran.result(server.url("/silent"))).containsEntry("outcome", "cut");
            assertThat(ran.result(server.url("/busy")))
                    .as("its second try was due, and had no permit yet")
                    .containsEntry("outcome", "failed")
                    .containsEntry("note", "the run ended before the next try")
                    .doesNotContainKey("tries");
        }
    }

    @Test
    void rate_spacesTheTries() throws Exception {
        try (var server = new ScriptedServer(r -> answer(200, ""))) {
            var urls = IntStream.range(0, 5).mapToObj(i -> server.url("/" + i));
            var arguments = java.util.stream.Stream.concat(java.util.stream.Stream.of("fetch", "--rate", "10/s"), urls);
            assertThat(weft(arguments.toArray(String[]::new)).exitCode()).isZero();
            var requests = server.requests();
            assertThat(Duration.ofNanos(
                            requests.getLast().nanos() - requests.getFirst().nanos()))
                    .as("five beginnings, 100 ms apart; a first connection is slow")
                    .isGreaterThanOrEqualTo(Duration.ofMillis(200));
        }
    }

    @Test
    void rate_thatIsTooSlowForTheDeadline_isNamed() throws Exception {
        try (var server = new ScriptedServer(r -> answer(200, ""))) {
            var ran = weft("fetch", "--rate", "1/m", "--deadline", "2s", server.url("/1"), server.url("/2"));
            assertThat(ran.exitCode()).isEqualTo(124);
            assertThat(ran.err()).contains("1 could not begin in time because of --rate 1/m");
        }
    }

    // ---- --check

    @Test
    void check_asksByHead_andByGetWhereThatFails() throws Exception {
        try (var server =
                new ScriptedServer(r -> r.method().equals("HEAD") && r.target().equals("/getonly")
                        ? answer(405, "")
                        : r.method().equals("HEAD") && r.target().equals("/broken")
                                ? "nonsense\r\n\r\n"
                                : "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")) {
            var ran = weft(
                    "fetch",
                    "--check",
                    "--format",
                    "ndjson",
                    server.url("/a"),
                    server.url("/getonly"),
                    server.url("/broken"));
            assertThat(ran.result(server.url("/a")))
                    .containsEntry("outcome", "ok")
                    .doesNotContainKey("note");
            assertThat(ran.result(server.url("/getonly")))
                    .containsEntry("outcome", "ok")
                    .containsEntry("note", "GET, after HEAD got status 405");
            assertThat(ran.result(server.url("/broken")))
                    .containsEntry("outcome", "ok")
                    .containsEntry("note", "GET, after HEAD got no answer");
            assertThat(server.requests().stream().map(r -> r.method() + " " + r.target()))
                    .containsExactlyInAnyOrder(
                            "HEAD /a", "HEAD /getonly", "GET /getonly", "HEAD /broken", "GET /broken");
        }
    }

    @Test
    void check_byGet_readsNoBody() throws Exception {
        // announces more than ever comes: who wanted the body would wait for it
        try (var server = new ScriptedServer(r -> r.method().equals("HEAD")
                ? answer(501, "")
                : "HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\nbegin")) {
            var url = server.url("/a");
            assertThat(weft("fetch", "--check", "--format", "ndjson", url).result(url))
                    .containsEntry("outcome", "ok")
                    .containsEntry("bytes", 0L);
        }
    }

    @Test
    void check_thatIsAnsweredForGood_asksOnce() throws Exception {
        try (var server = new ScriptedServer(r -> answer(r.target().equals("/gone") ? 410 : 401, ""))) {
            weft("fetch", "--check", server.url("/gone"), server.url("/private"));
            assertThat(server.requests()).hasSize(2);
        }
    }
}
