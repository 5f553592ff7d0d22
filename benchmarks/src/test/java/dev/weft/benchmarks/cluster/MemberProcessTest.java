package dev.weft.benchmarks.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.benchmarks.run.BenchmarkFailedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class MemberProcessTest {

    @TempDir
    Path folder;

    /** A process that says what a shell does. */
    private MemberProcess saying(String script) throws IOException {
        return MemberProcess.start("w1", List.of("sh", "-c", script), folder.resolve("w1.err"));
    }

    @Test
    void lines_areFoundByTheirBeginningAndTakenOnce() throws Exception {
        var member = saying("echo 1 open; echo not ours; echo 2 began a; echo 3 began b; echo 4 result 1.5 2.0; cat");
        try {
            assertThat(member.await("began b").micros()).isEqualTo(3);
            assertThat(member.await("began ")).isEqualTo(new Lines.Said(2, "began a"));
            assertThat(member.ask("trips")).containsExactly(1.5, 2.0);
        } finally {
            member.kill();
        }
    }

    @Test
    void memberThatEnds_isToldWithItsLastWords() throws Exception {
        var member = saying("echo no such port >&2");
        assertThatThrownBy(() -> member.await("open"))
                .isInstanceOf(BenchmarkFailedException.class)
                .hasMessage("member w1 has ended; the last it said was: no such port");
    }

    @Test
    void commandThatFails_isTold() throws Exception {
        var member = saying("echo 5 failed because; cat");
        try {
            assertThatThrownBy(() -> member.await("result ")).hasMessage("member w1 failed because");
        } finally {
            member.kill();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ClusterPeer.class,
            names = {"WEFT_TLS", "JGROUPS_TLS", "HAZELCAST"})
    void membersOfEachKind_callAndEnd(ClusterPeer peer) throws Exception {
        Certificates.make(folder);
        MemberProcess worker;
        try (var fleet = Fleet.local(peer, folder, 3)) {
            worker = fleet.start("w1");
            worker.await("open");
            fleet.start("w2").await("open");
            var caller = fleet.start("c1");
            caller.tell("workers 2");
            caller.await("sees 2");
            assertThat(caller.ask("trips 100000 20")).hasSize(20).allMatch(micros -> micros > 0);
            assertThat(caller.ask("batch 1000 100").getFirst()).isPositive();
            assertThat(fleet.cpuMicros()).isPositive();
            caller.tell("hold w2 h");
            caller.tell("dance");
            assertThatThrownBy(() -> caller.await("result ")).hasMessageContaining("no such command: dance");
        }
        assertThatThrownBy(() -> worker.await("anything")).hasMessageContaining("member w1 has ended");
    }

    @Test
    void seat_isTheSameInTheProcess() {
        for (var certificates : List.of(Optional.<Path>empty(), Optional.of(folder))) {
            var seat = new Seat(ClusterPeer.WEFT, "w1", "127.0.0.1:80", List.of("127.0.0.1:80", "b:1"), certificates);
            assertThat(Seat.of(seat.arguments().toArray(new String[0]))).isEqualTo(seat);
            assertThat(seat.host() + " " + seat.port()).isEqualTo("127.0.0.1 80");
        }
    }

    @Test
    void figures_areTheSameAsText() {
        assertThat(Lines.figures(Lines.text(List.of(1.5, 1e9, 0.1)))).containsExactly(1.5, 1e9, 0.1);
    }
}
