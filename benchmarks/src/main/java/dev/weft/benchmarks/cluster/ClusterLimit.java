package dev.weft.benchmarks.cluster;

import static dev.weft.benchmarks.cluster.ClusterPeer.JGROUPS;
import static dev.weft.benchmarks.cluster.ClusterPeer.JGROUPS_TLS;
import static dev.weft.benchmarks.cluster.ClusterPeer.WEFT;
import static dev.weft.benchmarks.cluster.ClusterPeer.WEFT_AT_ONCE;
import static dev.weft.benchmarks.cluster.ClusterPeer.WEFT_TLS;

import dev.weft.benchmarks.run.Mark;
import dev.weft.benchmarks.run.Numbers;
import dev.weft.benchmarks.run.Summary;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A limit that Weft's cluster has set itself.
 *
 * @param figure which one of the samples
 * @param isMost whether the bound is the most that is allowed, and not the least
 * @param beside the peer whose figure the bound is a multiple of; null if it is a figure itself
 */
record ClusterLimit(
        ClusterRow row,
        ClusterPeer peer,
        Figure figure,
        boolean isMost,
        double bound,
        @Nullable ClusterPeer beside) {

    /** One number that stands for samples. */
    enum Figure {
        P50("p50"),
        P99("p99"),
        LEAST("the least"),
        MOST("the most");

        private final String title;

        Figure(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }

        double of(List<Double> samples) {
            return Summary.quantile(
                    samples,
                    switch (this) {
                        case P50 -> 0.5;
                        case P99 -> 0.99;
                        case LEAST -> 0;
                        case MOST -> 1;
                    });
        }
    }

    static final List<ClusterLimit> ALL = List.of(
            most(ClusterRow.ROUND_TRIP, WEFT, Figure.P50, 150),
            most(ClusterRow.ROUND_TRIP, WEFT, Figure.P99, 1_000),
            most(ClusterRow.ROUND_TRIP, WEFT_TLS, Figure.P50, 200),
            most(ClusterRow.ROUND_TRIP, WEFT_TLS, Figure.P99, 1_000),
            least(ClusterRow.IN_FLIGHT, WEFT, 40_000, null),
            least(ClusterRow.IN_FLIGHT, WEFT_TLS, 20_000, null),
            least(ClusterRow.IN_FLIGHT, WEFT, 0.5, JGROUPS),
            least(ClusterRow.IN_FLIGHT, WEFT_TLS, 0.5, JGROUPS_TLS),
            most(ClusterRow.CPU, WEFT, Figure.P50, 100),
            most(ClusterRow.CANCEL, WEFT, Figure.P50, 5),
            most(ClusterRow.CANCEL, WEFT, Figure.MOST, 50),
            most(ClusterRow.KILL, WEFT_AT_ONCE, Figure.MOST, 3),
            most(ClusterRow.KILL, WEFT, Figure.MOST, 5),
            most(ClusterRow.FREEZE, WEFT, Figure.MOST, 9),
            most(ClusterRow.LINK_DOWN, WEFT_TLS, Figure.MOST, 9),
            most(ClusterRow.LINK_INTERRUPT, WEFT_TLS, Figure.MOST, 4),
            new ClusterLimit(ClusterRow.LINK_LEAD, WEFT_TLS, Figure.LEAST, false, 0, null),
            most(ClusterRow.LINK_UP, WEFT_TLS, Figure.MOST, 10),
            most(ClusterRow.CALLER_KILLED, WEFT, Figure.MOST, 3),
            most(ClusterRow.START, WEFT, Figure.P50, 2.5),
            most(ClusterRow.MEMORY, WEFT, Figure.P50, 100));

    private static ClusterLimit most(ClusterRow row, ClusterPeer peer, Figure figure, double bound) {
        return new ClusterLimit(row, peer, figure, true, bound, null);
    }

    private static ClusterLimit least(ClusterRow row, ClusterPeer peer, double bound, @Nullable ClusterPeer beside) {
        return new ClusterLimit(row, peer, Figure.P50, false, bound, beside);
    }

    /**
     * How it came out.
     *
     * @param measured in words
     */
    record Verdict(String measured, Mark mark) {}

    /** The limit in words. */
    String text() {
        var unit = beside == null ? row.unit() : "× " + beside.title();
        return (isMost ? "≤ " : "≥ ") + (beside == null ? boundText() : Numbers.ratio(bound)) + " " + unit;
    }

    private String boundText() {
        return bound == Math.rint(bound) ? Numbers.whole((long) bound) : Numbers.figure(bound);
    }

    /** Holds it against what was measured. */
    Verdict judge(ClusterResults results) {
        var figureOfOurs = figure(results, peer);
        var rival = beside == null ? OptionalDouble.of(1) : figure(results, beside);
        if (figureOfOurs.isEmpty() || rival.isEmpty()) {
            return new Verdict("–", Mark.NOT_MEASURED);
        }
        var measured = figureOfOurs.getAsDouble() / rival.getAsDouble();
        var words = beside == null
                ? Numbers.figure(measured) + " " + row.unit()
                : Numbers.ratio(measured) + " × " + beside.title();
        return new Verdict(words, Mark.of(isMost ? measured <= bound : measured >= bound));
    }

    private OptionalDouble figure(ClusterResults results, ClusterPeer of) {
        return results.samples(row, of).stream().mapToDouble(figure::of).findFirst();
    }
}
