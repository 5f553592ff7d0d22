package dev.weft.benchmarks.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class ClusterPageTest {

    private static final ClusterRow TRIP = ClusterRow.ROUND_TRIP;

    @Test
    void page_tellsWhereAndHow() {
        assertThat(ClusterPage.of(new MadeUp().results()))
                .contains("a processor, 2 cores", "8.0 GiB", "Linux 6", "a Java 25", "Weft 1.2.3")
                .contains("`benchmarks/run cluster --quick`", "2026-01-02T03:04:05Z", "1 min 1 s")
                .contains("1 round of calls", "1 time each")
                .doesNotContain("## Not measured", TRIP.title() + "\n\n");
    }

    @Test
    void ratios_areWithinPlainAndWithinTls() {
        var page = ClusterPage.of(new MadeUp()
                .samples(TRIP, ClusterPeer.WEFT, 100, 120)
                .samples(TRIP, ClusterPeer.WEFT_TLS, 200)
                .samples(TRIP, ClusterPeer.JGROUPS, 55)
                .samples(TRIP, ClusterPeer.JGROUPS_TLS, 50)
                .results());
        assertThat(page)
                .contains("| **Weft** | 110 | – | 100 – 120 | 2 | – |")
                .contains("| **Weft, TLS** | 200 | – | 200 – 200 | 1 | – |")
                .contains("| bare JGroups | 55.0 | – | 55.0 – 55.0 | 1 | 0.50 × Weft |")
                .contains("| bare JGroups, TLS | 50.0 | – | 50.0 – 50.0 | 1 | 0.25 × Weft, TLS |");
    }

    @Test
    void peerWithoutOurs_hasNoRatio() {
        assertThat(ClusterPage.of(
                        new MadeUp().samples(TRIP, ClusterPeer.HAZELCAST, 7).results()))
                .contains("| Hazelcast | 7.00 | – | 7.00 – 7.00 | 1 | – |");
    }

    @Test
    void manySamples_haveAHundredth() {
        var samples = DoubleStream.iterate(1, i -> i + 1).limit(101).toArray();
        assertThat(ClusterPage.of(
                        new MadeUp().samples(TRIP, ClusterPeer.WEFT, samples).results()))
                .contains("| **Weft** | 51.0 | 100 | 1.00 – 101 | 101 | – |");
    }

    @Test
    void limits_areCounted() {
        var page = ClusterPage.of(new MadeUp()
                .samples(TRIP, ClusterPeer.WEFT, 149)
                .samples(ClusterRow.KILL, ClusterPeer.WEFT_AT_ONCE, 1, 3.5)
                .results());
        assertThat(page)
                .contains("this run: 2 met, 1 not met, " + (ClusterLimit.ALL.size() - 3) + " not measured")
                .contains("| " + TRIP.title() + " | Weft | p50 | ≤ 150 µs | 149 µs | met |")
                .contains("| the most | ≤ 3 s | 3.50 s | **not met** |");
    }

    @Test
    void gaps_tellWhy() {
        var page = ClusterPage.of(new MadeUp()
                .gap("link", ClusterPeer.WEFT_TLS, false, "needs root | <ip>")
                .gap("calls", ClusterPeer.HAZELCAST, true, "member w1 has ended")
                .results());
        assertThat(page)
                .contains("| link | Weft, TLS | skipped: needs root \\| &lt;ip> |")
                .contains("| calls | Hazelcast | failed: member w1 has ended |");
    }
}
