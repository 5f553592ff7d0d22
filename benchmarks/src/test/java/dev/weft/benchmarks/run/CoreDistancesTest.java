package dev.weft.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CoreDistancesTest {

    private static final CoreDistances MOVING = new CoreDistances(50, 200);
    private static final CoreDistances STILL = new CoreDistances(50, 90);

    @Test
    void near_isBetweenTheNearestAndTheFarthest() {
        assertThat(MOVING.near()).hasValue(100);
    }

    @Test
    void near_coresThatStay_noLimit() {
        assertThat(STILL.near()).isEmpty();
    }

    @Test
    void nearOf_takesTheSamplesOfNearCores() {
        assertThat(MOVING.nearOf(List.of(1.0, 2.0, 3.0), List.of(60.0, 190.0, 100.0)))
                .containsExactly(1.0, 3.0);
    }

    @Test
    void nearOf_noneWasNear_takesAll() {
        assertThat(MOVING.nearOf(List.of(1.0, 2.0), List.of(150.0, 190.0))).containsExactly(1.0, 2.0);
    }

    @Test
    void nearOf_noDistanceForEachSample_takesAll() {
        assertThat(MOVING.nearOf(List.of(1.0, 2.0), List.of())).containsExactly(1.0, 2.0);
    }

    @Test
    void nearOf_coresThatStay_takesAll() {
        assertThat(STILL.nearOf(List.of(1.0, 2.0), List.of(40.0, 190.0))).containsExactly(1.0, 2.0);
    }

    @Test
    void results_countOnlyTimesOfNearCores() {
        var at = Samples.at("fan-out");
        var results = new Samples()
                .on(MOVING)
                .raw(
                        at,
                        Peer.WEFT,
                        Map.of(
                                Metric.TIME,
                                List.of(List.of(10e6, 90e6), List.of(20e6, 30e6)),
                                "cores",
                                List.of(List.of(60.0, 190.0), List.of(70.0, 80.0)),
                                "p99",
                                List.of(List.of(5.0), List.of(7.0))))
                .results();
        assertThat(results.summary(at, Peer.WEFT, at.primary()).orElseThrow().median())
                .isEqualTo(20);
        assertThat(results.summary(at, Peer.WEFT, at.metric("p99"))
                        .orElseThrow()
                        .median())
                .isEqualTo(6);
    }

    @Test
    void page_tellsTheDistancesAndWhatCounts() {
        assertThat(Page.of(new Samples().on(MOVING).results()))
                .contains("| from core to core and back | 50.0 to 200 ns |", "within 100 ns");
        assertThat(Page.of(new Samples().on(STILL).results()))
                .contains("| from core to core and back | 50.0 to 90.0 ns |")
                .doesNotContain("within");
    }
}
