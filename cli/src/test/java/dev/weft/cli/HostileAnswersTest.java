package dev.weft.cli;

import static dev.weft.cli.Ran.weft;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cli.hostile.HostileServer;
import dev.weft.cli.model.ExitCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a server does, its URL ends up in one of the six, with words that help. One fetch for all, then a look at
 * each.
 */
class HostileAnswersTest {

    private static final int PATIENCE_SECONDS = 20;

    /** In the order: path, outcome, status or kind or phase, a part of the message. */
    private static final String[] THAT_END = {
        "/ok                      | ok     | 200      |",
        // wrong lengths
        "/too-short               | error  | io       | ended the connection in the middle of the body",
        "/too-long                | ok     | 200      |",
        "/smuggled                | ok     | 200      |",
        "/negative-length         | error  | io       | the answer is not HTTP (the length \"-5\")",
        "/no-number-length        | error  | io       | the answer is not HTTP (the length \"plenty\")",
        "/huge-length             | error  | io       | the answer is not HTTP (the length"
                + " \"99999999999999999999999\")",
        "/two-lengths             | error  | io       | the answer is not HTTP (lengths that differ: 5 and 10)",
        "/chunk-broken            | error  | io       | the answer is not HTTP (illegal character in chunk size",
        "/chunk-negative          | error  | io       | the answer is not HTTP (illegal character in chunk size",
        "/chunk-absurd            | error  | io       | the answer is not HTTP (invalid chunk header",
        "/chunk-huge              | error  | io       | ended the connection in the middle of the body",
        "/chunk-extension         | error  | io       | the answer is not HTTP (chunk header size too long",
        "/chunks-cut              | error  | io       | ended the connection in the middle of the body",
        "/until-close             | ok     | 200      |",
        "/says-close              | ok     | 200      |",
        "/no-gzip                 | ok     | 200      |",
        "/trailers                | ok     | 200      |",
        "/no-content-with-body    | error  | io       | the answer is not HTTP (unexpected content length header",
        "/not-modified-with-body  | failed | 304      |",
        // not HTTP, or hardly
        "/words                   | error  | io       | the answer is not HTTP (invalid status line: \"Once upon a"
                + " time\")",
        "/binary                  | error  | io       | the answer is not HTTP",
        "/ssh                     | error  | io       | the answer is not HTTP (invalid status line: \"SSH-2.0",
        "/html                    | error  | io       | without an answer",
        "/no-status               | error  | io       | the answer is not HTTP",
        "/status-99               | error  | io       | the answer is not HTTP",
        "/status-999              | failed | 999      |",
        "/version-9               | error  | io       | the answer is not HTTP",
        "/no-reason               | ok     | 200      |",
        "/line-feeds              | ok     | 200      |",
        "/no-colon                | ok     | 200      |",
        "/space-in-name           | error  | io       | the answer is not HTTP (invalid header name \"Bad Name\")",
        "/control-in-header       | error  | io       | the answer is not HTTP (invalid header value",
        "/control-in-name         | error  | io       | the answer is not HTTP (invalid header name",
        "/control-in-status       | ok     | 200      |",
        "/escape-in-status-line   | error  | io       | the answer is not HTTP (invalid status line",
        // floods that one side ends
        "/headers                 | error  | io       | header size too big",
        "/header                  | error  | io       | header size too big",
        "/status-line             | error  | io       | header size too big",
        "/endless-cookies         | error  | io       | header size too big",
        "/cookies                 | ok     | 200      |",
        "/continue                | error  | io       | too many interim responses",
        "/early-hints             | error  | io       | too many interim responses",
        "/switching               | error  | io       | unexpected 101 response",
        // ends
        "/close                   | error  | io       | without an answer",
        "/close-in-head           | error  | io       | without an answer",
        "/reset                   | error  | io       | without an answer",
        "/reset-after-head        | error  | io       | in the middle of the body",
        "/reset-in-body           | error  | io       | in the middle of the body",
        // redirects
        "/to-itself               | error  | redirect | redirect loop: back to http",
        "/ping                    | error  | redirect | redirect loop: back to http",
        "/endless                 | error  | redirect | more than 10 redirects",
        "/to-file                 | error  | redirect | redirected to file:///etc/passwd: cannot fetch file",
        "/to-ftp                  | error  | redirect | cannot fetch ftp",
        "/to-script               | error  | redirect | cannot fetch javascript",
        "/to-no-url               | error  | redirect | redirected to http://[::1",
        "/to-space                | ok     | 200      |",
        "/to-control              | error  | io       | the answer is not HTTP (invalid header value",
        "/to-user                 | ok     | 200      |",
        "/to-port-0               | error  | redirect | there is no port 0",
        "/to-10-megabytes         | error  | io       | header size too big",
        "/to-long                 | error  | redirect | longer than 16384 characters",
        "/to-nothing              | failed | 302      |",
        "/to-nowhere              | failed | 302      |",
        "/to-relative             | ok     | 200      |",
        "/to-schemeless           | ok     | 200      |",
        "/to-two                  | ok     | 200      |",
        // come again
        "/throttle?after=soon     | failed | 429      |",
        "/throttle?status=503     | failed | 503      |",
    };

    private static final String[] THAT_NEVER_END = {
        "/silent                  | timeout | answer |",
        "/half-status             | timeout | answer |",
        "/half-header             | timeout | answer |",
        "/drip-head               | timeout | answer |",
        "/drip                    | timeout | body   |",
        "/drip-chunks             | timeout | body   |",
        "/half-body               | timeout | body   |",
        "/never-closes            | timeout | body   |",
        "/chunk-without-end       | timeout | body   |",
        "/body                    | timeout | body   |",
        "/chunks                  | timeout | body   |",
    };

    private static HostileServer server;
    private static Ran ended;
    private static Ran limited;

    @BeforeAll
    static void fetchAll() throws Exception {
        server = new HostileServer();
        ended = fetch(THAT_END, "--timeout", "60s");
        limited = fetch(THAT_NEVER_END, "--timeout", "2s");
    }

    @AfterAll
    static void close() throws Exception {
        server.close();
    }

    private static Ran fetch(String[] table, String... options) {
        var arguments = new ArrayList<>(List.of("fetch", "--format", "ndjson", "--per-host", "100"));
        arguments.addAll(List.of(options));
        Arrays.stream(table).map(row -> server.url(cells(row)[0])).forEach(arguments::add);
        return weft(arguments.toArray(String[]::new));
    }

    private static String[] cells(String row) {
        return Arrays.stream(row.split("\\|", -1)).map(String::strip).toArray(String[]::new);
    }

    static Stream<Object[]> thatEnd() {
        return Arrays.stream(THAT_END).map(HostileAnswersTest::cells).map(Object[].class::cast);
    }

    static Stream<Object[]> thatNeverEnd() {
        return Arrays.stream(THAT_NEVER_END).map(HostileAnswersTest::cells).map(Object[].class::cast);
    }

    @ParameterizedTest
    @MethodSource("thatEnd")
    void answer_thatEnds_hasItsOutcome_inWords(String path, String outcome, String detail, String words) {
        var result = ended.result(server.url(path));
        assertThat(result).containsEntry("outcome", outcome);
        if (outcome.equals("error")) {
            assertThat(result).containsEntry("kind", detail);
            assertThat(result.get("message").toString()).contains(words).hasSizeLessThan(500);
        } else {
            assertThat(result).containsEntry("status", Long.valueOf(detail));
        }
    }

    @ParameterizedTest
    @MethodSource("thatNeverEnd")
    void answer_thatDoesNotEnd_isLimited_inItsPhase(String path, String outcome, String phase, String none) {
        assertThat(limited.result(server.url(path)))
                .containsEntry("outcome", outcome)
                .containsEntry("phase", phase);
    }

    @Test
    void summaries_accountForEachUrlOnce() {
        assertThat(ended.summary()).containsEntry("total", (long) THAT_END.length);
        assertThat(limited.summary())
                .containsEntry("total", (long) THAT_NEVER_END.length)
                .containsEntry("timeout", (long) THAT_NEVER_END.length);
    }

    @Test
    void bytes_areThoseOfTheBody_notWhatFollowsIt() {
        assertThat(ended.result(server.url("/too-long"))).containsEntry("bytes", 10L);
        assertThat(ended.result(server.url("/smuggled"))).containsEntry("bytes", 2L);
    }

    @Test
    void whatFollowsABody_isNotTakenForTheNextAnswer() {
        var arguments = new ArrayList<>(List.of("fetch", "--format", "ndjson", "--per-host", "1"));
        for (var i = 0; i < 10; i++) {
            arguments.add(server.url("/smuggled?" + i));
            arguments.add(server.url("/ok/after?" + i));
        }
        var ran = weft(arguments.toArray(String[]::new));
        assertThat(ran.results()).allSatisfy(result -> assertThat(result).containsEntry("status", 200L));
    }

    @Test
    void head_withABody_isTakenForHead() {
        var urls = List.of(server.url("/head-with-body"), server.url("/ok/h"), server.url("/too-short"));
        var ran = weft("fetch", "-X", "HEAD", "--format", "ndjson", urls.get(0), urls.get(1), urls.get(2));
        assertThat(ran.results())
                .allSatisfy(result ->
                        assertThat(result).containsEntry("outcome", "ok").containsEntry("bytes", 0L));
    }

    @Test
    void deadline_findsEachUrlInOneOutcome_andLeavesNoConnection() throws Exception {
        var arguments = new ArrayList<>(List.of(
                "fetch", "--format", "ndjson", "--deadline", "1500ms", "--concurrency", "60", "--per-host", "60"));
        var urls = Stream.concat(Arrays.stream(THAT_NEVER_END), Arrays.stream(THAT_END))
                .map(row -> server.url(cells(row)[0].replace("?", "?again&")))
                .toList();
        arguments.addAll(urls);
        var ran = weft(arguments.toArray(String[]::new));
        assertThat(ran.exitCode()).isEqualTo(ExitCode.DEADLINE);
        assertThat(ran.results()).extracting(result -> result.get("url")).containsExactlyInAnyOrderElementsOf(urls);
        assertThat(ran.outcomes()).containsKey("cut").doesNotContainKey("timeout");
        assertThat(server.awaitIdle(PATIENCE_SECONDS)).as("connections closed").isTrue();
        assertThat(server.log().underWay()).isZero();
    }
}
