package dev.weft.cli;

import static dev.weft.cli.Ran.weft;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cli.hostile.HostLog;
import dev.weft.cli.hostile.HostileServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a server asks to come again later: what it has seen of that. One fetch for all, with one retry. */
class HostileRetriesTest {

    private static HostileServer server;
    private static Ran ran;

    @BeforeAll
    static void fetchAll() throws Exception {
        server = new HostileServer();
        var arguments = new ArrayList<>(
                List.of("fetch", "--format", "ndjson", "--per-host", "50", "--retries", "1", "--retry-wait", "10ms"));
        Stream.of(
                        "after=1",
                        "status=503&after=1",
                        "date=2",
                        "after=soon",
                        "after=-5",
                        "after=",
                        "date=-100",
                        "after=31536000")
                .map(asked -> server.url("/throttle?" + asked))
                .forEach(arguments::add);
        arguments.add(server.url("/throttle?times=9&after=0"));
        arguments.add(server.url("/words"));
        ran = weft(arguments.toArray(String[]::new));
    }

    @AfterAll
    static void close() throws Exception {
        server.close();
    }

    private static List<Long> arrivals(String target) {
        return server.log().arrivals().stream()
                .filter(arrival -> arrival.target().equals(target))
                .map(HostLog.Arrival::nanos)
                .toList();
    }

    /** A date has whole seconds: of two, one may be over when it is read. */
    @ParameterizedTest
    @ValueSource(strings = {"after=1", "status=503&after=1", "date=2"})
    void retryAfter_isWaitedFor(String asked) {
        assertThat(ran.result(server.url("/throttle?" + asked))).containsEntry("outcome", "ok");
        var arrivals = arrivals("/throttle?" + asked);
        assertThat(arrivals).hasSize(2);
        assertThat(Duration.ofNanos(arrivals.get(1) - arrivals.get(0))).isGreaterThan(Duration.ofMillis(950));
    }

    @ParameterizedTest
    @ValueSource(strings = {"after=soon", "after=-5", "after=", "date=-100"})
    void retryAfter_thatSaysNothing_isNotMinded(String asked) {
        assertThat(ran.result(server.url("/throttle?" + asked))).containsEntry("outcome", "ok");
        assertThat(arrivals("/throttle?" + asked)).hasSize(2);
    }

    @Test
    void retryAfter_ofAYear_isNotWaitedFor() {
        var target = "/throttle?after=31536000";
        assertThat(ran.result(server.url(target)))
                .containsEntry("outcome", "failed")
                .containsEntry("status", 429L);
        assertThat(arrivals(target)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"/throttle?times=9&after=0, failed", "/words, error"})
    void retries_areNoMoreThanWereAllowed(String target, String outcome) {
        assertThat(ran.result(server.url(target))).containsEntry("outcome", outcome);
        assertThat(arrivals(target)).hasSize(2);
    }
}
