package dev.weft.benchmarks.run;

import static dev.weft.benchmarks.run.Peer.ASYNCIO;
import static dev.weft.benchmarks.run.Peer.JOX;
import static dev.weft.benchmarks.run.Peer.VIRTUAL_THREADS;
import static dev.weft.benchmarks.run.Peer.WEFT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.benchmarks.run.Results.Gap;
import dev.weft.benchmarks.run.Results.Reason;
import dev.weft.benchmarks.run.Results.Series;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SessionTest {

    private static final Workload.Case START = Samples.at("start-await");
    private static final long ENOUGH = Long.MAX_VALUE;

    /** Notes whose turn it is, and has an answer for each. */
    private static final class Fake implements Bench {
        private final List<Peer> peers;
        private final Map<Peer, Integer> failsInTurn = new HashMap<>();
        private final List<Peer> turns = new ArrayList<>();
        private String unavailable;
        private Map<String, List<Double>> answer = Map.of(Metric.TIME, List.of(1_000.0, 2_000.0));

        Fake(Peer... peers) {
            this.peers = List.of(peers);
        }

        @Override
        public boolean has(Workload workload, Peer peer) {
            return peers.contains(peer);
        }

        @Override
        public Optional<String> unavailable() {
            return Optional.ofNullable(unavailable);
        }

        @Override
        public Map<String, List<Double>> measure(Workload.Case at, Peer peer) throws BenchmarkFailedException {
            turns.add(peer);
            long turn = turns.stream().filter(each -> each == peer).count();
            if (failsInTurn.getOrDefault(peer, 0) == turn) {
                throw new BenchmarkFailedException("broke\nin turn " + turn);
            }
            return answer;
        }
    }

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private long freeMemory = ENOUGH;
    private boolean timeIsUp;

    private Session session(int rounds, Bench... benches) {
        var stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        return new Session(
                List.of(benches),
                Settings.QUICK.withRounds(rounds),
                () -> freeMemory,
                () -> timeIsUp,
                new Console(stream, stream));
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void measure_peersTakeTurns_eachRoundBeginsWithAnother() throws Exception {
        var fake = new Fake(WEFT, VIRTUAL_THREADS, JOX);
        var session = session(3, fake);
        session.measure(START, List.of(Peer.values()));
        assertThat(fake.turns)
                .containsExactly(WEFT, VIRTUAL_THREADS, JOX, VIRTUAL_THREADS, JOX, WEFT, JOX, WEFT, VIRTUAL_THREADS);
        assertThat(session.series()).extracting(Series::peer).containsExactly("weft", "virtualThreads", "jox");
        assertThat(session.series().getFirst().rounds().get(Metric.TIME))
                .isEqualTo(List.of(List.of(1_000.0, 2_000.0), List.of(1_000.0, 2_000.0), List.of(1_000.0, 2_000.0)));
    }

    @Test
    void measure_saysEachResultInOneLine() throws Exception {
        session(1, new Fake(WEFT)).measure(START, List.of(WEFT));
        assertThat(said().lines())
                .singleElement()
                .asString()
                .contains("start-await", "weft", "round 1 of 1", "1.50 ns");
    }

    @Test
    void measure_onlyChosenPeers() throws Exception {
        var fake = new Fake(WEFT, JOX);
        session(1, fake).measure(START, List.of(JOX));
        assertThat(fake.turns).containsExactly(JOX);
    }

    @Test
    void measure_aPeerFails_isNotedAndTheOthersGoOn() throws Exception {
        var fake = new Fake(WEFT, JOX);
        fake.failsInTurn.put(JOX, 2);
        var session = session(3, fake);
        session.measure(START, List.of(Peer.values()));
        assertThat(fake.turns).containsExactly(WEFT, JOX, JOX, WEFT, WEFT);
        assertThat(session.gaps())
                .containsExactly(new Gap("start-await", null, "jox", Reason.FAILED, "broke in turn 2"));
        assertThat(said()).contains("failed: broke in turn 2");
    }

    @Test
    void measure_withoutAFigureThatThereShouldBe_isAFailure() throws Exception {
        var session = session(1, new Fake(WEFT));
        session.measure(Samples.at("memory"), List.of(WEFT));
        assertThat(session.gaps()).extracting(Gap::message).containsExactly("it reported no bytes");
    }

    @Test
    void measure_tooLittleMemory_isSkippedAndSaysHowMuch() throws Exception {
        var fake = new Fake(WEFT);
        freeMemory = 3L << 30;
        var session = session(1, fake);
        session.measure(Samples.at("memory", 1_000_000), List.of(WEFT));
        session.measure(START, List.of(WEFT));
        assertThat(fake.turns).hasSize(1);
        assertThat(session.gaps())
                .containsExactly(new Gap(
                        "memory",
                        1_000_000L,
                        "weft",
                        Reason.SKIPPED,
                        "too little memory: it needs 6.0 GiB, and 3.0 GiB are free"));
    }

    @Test
    void measure_benchIsNotThere_isSkippedAndTheOthersRun() throws Exception {
        var jvm = new Fake(WEFT);
        var python = new Fake(ASYNCIO);
        python.unavailable = "python3 was not found";
        var session = session(2, jvm, python);
        session.measure(START, List.of(Peer.values()));
        assertThat(jvm.turns).containsExactly(WEFT, WEFT);
        assertThat(python.turns).isEmpty();
        assertThat(session.gaps())
                .containsExactly(new Gap("start-await", null, "asyncio", Reason.SKIPPED, "python3 was not found"));
    }

    @Test
    void measure_timeIsUp_isSkipped() throws Exception {
        timeIsUp = true;
        var session = session(1, new Fake(WEFT));
        session.measure(START, List.of(WEFT));
        assertThat(session.gaps())
                .extracting(Gap::message)
                .singleElement()
                .asString()
                .contains("time", "--quick");
    }
}
