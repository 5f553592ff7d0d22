package dev.weft.benchmarks.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.benchmarks.cluster.ClusterLimit.Figure;
import dev.weft.benchmarks.cluster.ClusterLimit.Verdict;
import dev.weft.benchmarks.run.Mark;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterLimitTest {

    private static ClusterLimit limit(ClusterRow row, ClusterPeer peer, Figure figure) {
        return ClusterLimit.ALL.stream()
                .filter(each -> each.row() == row && each.peer() == peer && each.figure() == figure)
                .findFirst()
                .orElseThrow();
    }

    private static ClusterLimit besideJGroups() {
        return ClusterLimit.ALL.stream()
                .filter(each -> each.beside() == ClusterPeer.JGROUPS)
                .findFirst()
                .orElseThrow();
    }

    private static Verdict judge(ClusterLimit limit, double... samples) {
        return limit.judge(new MadeUp()
                .samples(limit.row(), limit.peer(), samples)
                .samples(ClusterRow.IN_FLIGHT, ClusterPeer.JGROUPS, 40_000)
                .results());
    }

    @Test
    void most_isMetUpToTheBound() {
        var limit = limit(ClusterRow.ROUND_TRIP, ClusterPeer.WEFT, Figure.P50);
        assertThat(limit.text()).isEqualTo("≤ 150 µs");
        assertThat(judge(limit, 1, 150, 9_000)).isEqualTo(new Verdict("150 µs", Mark.MET));
        assertThat(judge(limit, 1, 151, 152)).isEqualTo(new Verdict("151 µs", Mark.NOT_MET));
    }

    @Test
    void worst_isJudgedByTheWorst() {
        var limit = limit(ClusterRow.CANCEL, ClusterPeer.WEFT, Figure.MOST);
        assertThat(judge(limit, 1, 50, 2).mark()).isEqualTo(Mark.MET);
        assertThat(judge(limit, 1, 51, 2).mark()).isEqualTo(Mark.NOT_MET);
    }

    @Test
    void least_isMetFromTheBoundOn() {
        var limit = limit(ClusterRow.IN_FLIGHT, ClusterPeer.WEFT, Figure.P50);
        assertThat(limit.text()).isEqualTo("≥ 40,000 calls/s");
        assertThat(judge(limit, 40_000).mark()).isEqualTo(Mark.MET);
        assertThat(judge(limit, 39_999).mark()).isEqualTo(Mark.NOT_MET);
    }

    @Test
    void interruptAfterTheException_isNotMet() {
        var limit = limit(ClusterRow.LINK_LEAD, ClusterPeer.WEFT_TLS, Figure.LEAST);
        assertThat(judge(limit, 1, 0, 2).mark()).isEqualTo(Mark.MET);
        assertThat(judge(limit, 1, -0.1, 2).mark()).isEqualTo(Mark.NOT_MET);
    }

    @Test
    void beside_isARatio() {
        var limit = besideJGroups();
        assertThat(limit.text()).isEqualTo("≥ 0.50 × bare JGroups");
        assertThat(judge(limit, 20_000)).isEqualTo(new Verdict("0.50 × bare JGroups", Mark.MET));
        assertThat(judge(limit, 10_000)).isEqualTo(new Verdict("0.25 × bare JGroups", Mark.NOT_MET));
    }

    @Test
    void withoutSamples_notMeasured() {
        var none = new MadeUp().results();
        assertThat(ClusterLimit.ALL)
                .allSatisfy(limit -> assertThat(limit.judge(none).mark()).isEqualTo(Mark.NOT_MEASURED));
        var alone = new MadeUp()
                .samples(ClusterRow.IN_FLIGHT, ClusterPeer.WEFT, 40_000)
                .results();
        assertThat(besideJGroups().judge(alone).mark()).isEqualTo(Mark.NOT_MEASURED);
    }

    @Test
    void figures() {
        var samples = List.of(4.0, 1.0, 3.0, 2.0, 5.0);
        assertThat(List.of(Figure.LEAST, Figure.P50, Figure.MOST))
                .extracting(figure -> figure.of(samples))
                .containsExactly(1.0, 3.0, 5.0);
        assertThat(Figure.P99.of(samples)).isBetween(4.9, 5.0);
    }
}
