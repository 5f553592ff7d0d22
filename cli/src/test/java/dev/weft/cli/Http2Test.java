package dev.weft.cli;

import static dev.weft.cli.Ran.fetch;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** HTTP/2 over TLS, which the client speaks with servers that offer it. */
class Http2Test {

    private static Ran run(Http2Server server, int count, String... options) {
        var arguments = new ArrayList<>(List.of(options));
        arguments.add("--insecure");
        IntStream.range(0, count).forEach(i -> arguments.add(server.url("/" + i)));
        return fetch(arguments.toArray(String[]::new));
    }

    /** Answers a little later, so that streams are open at once. */
    private static Http2Server.Script later() {
        var timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().factory());
        return (connection, stream) -> timer.schedule(
                () -> {
                    connection.answer(stream);
                    return null;
                },
                10,
                TimeUnit.MILLISECONDS);
    }

    @Test
    void http2_isSpoken_whereItIsOffered() throws Exception {
        try (var server = new Http2Server(100, Http2Server.Connection::answer)) {
            assertThat(run(server, 30, "--per-host", "1").outcomes()).containsExactly(Map.entry("ok", 30L));
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void limitForAHost_holdsAboveTheStreams() throws Exception {
        try (var server = new Http2Server(100, later())) {
            assertThat(run(server, 60, "--per-host", "5").outcomes()).containsOnlyKeys("ok");
            assertThat(server.mostOpen()).isLessThanOrEqualTo(5);
        }
    }

    @Test
    void serversOwnLimit_isKept_andCostsNothing() throws Exception {
        try (var server = new Http2Server(10, later())) {
            assertThat(run(server, 200, "--per-host", "50").outcomes()).containsOnlyKeys("ok");
            assertThat(server.mostOfConnection()).isLessThanOrEqualTo(10);
        }
    }

    @Test
    void moreThanAHundredStreams_areNotOpenedAtOnce() throws Exception {
        try (var server = new Http2Server(100, later())) {
            assertThat(run(server, 400, "--per-host", "300", "--concurrency", "300")
                            .outcomes())
                    .containsOnlyKeys("ok");
            assertThat(server.mostOfConnection()).isLessThanOrEqualTo(100);
        }
    }

    @Test
    void refusedStream_isAskedAgain() throws Exception {
        Set<String> refused = ConcurrentHashMap.newKeySet();
        var count = new AtomicInteger();
        try (var server = new Http2Server(100, (connection, stream) -> {
            if (count.getAndIncrement() % 5 == 0 && refused.size() < 8) {
                refused.add(connection.number() + "/" + stream);
                connection.reset(stream, Http2Server.REFUSED_STREAM);
            } else {
                connection.answer(stream);
            }
        })) {
            assertThat(run(server, 100, "--per-host", "20").outcomes()).containsOnlyKeys("ok");
            assertThat(refused).hasSize(8);
        }
    }

    @Test
    void goAway_inMidRun_losesNothing() throws Exception {
        var gone = new AtomicBoolean();
        try (var server = new Http2Server(100, (connection, stream) -> {
            if (connection.number() == 1 && gone.get()) {
                return; // after the last that it answers
            }
            if (connection.number() == 1 && stream >= 41 && gone.compareAndSet(false, true)) {
                connection.goAway(stream);
            }
            connection.answer(stream);
        })) {
            assertThat(run(server, 100, "--per-host", "20", "--timeout", "30s").outcomes())
                    .containsOnlyKeys("ok");
            assertThat(server.connections()).isGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void connection_thatDiesWithFiftyStreams_losesNothing() throws Exception {
        var died = new AtomicBoolean();
        // the client opens several connections at first, and keeps one of them
        Set<Integer> seen = ConcurrentHashMap.newKeySet();
        try (var server = new Http2Server(100, (connection, stream) -> {
            if (died.get() || seen.add(connection.number())) {
                connection.answer(stream);
            } else if (connection.countOfStreams() == 50 && died.compareAndSet(false, true)) {
                connection.die();
            }
        })) {
            assertThat(run(server, 120, "--per-host", "50", "--timeout", "30s").outcomes())
                    .containsOnlyKeys("ok");
            assertThat(died).isTrue();
        }
    }

    @Test
    void cancelledFetch_resetsItsStream_andNoOther() throws Exception {
        var silent = new AtomicBoolean(true);
        try (var server = new Http2Server(100, (connection, stream) -> {
            if (!silent.compareAndSet(true, false)) {
                connection.answer(stream);
            }
        })) {
            assertThat(run(server, 5, "--per-host", "1", "--timeout", "2s").outcomes())
                    .containsOnly(Map.entry("ok", 4L), Map.entry("timeout", 1L));
            assertThat(server.resets()).containsExactly(Http2Server.CANCEL);
            assertThat(server.connections()).isEqualTo(1);
        }
    }
}
