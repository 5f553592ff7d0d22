package dev.weft.benchmarks.run;

import dev.weft.benchmarks.run.Svg.Anchor;
import java.util.ArrayList;
import java.util.List;

/** The picture of a workload: lines over the size where there are several sizes, else bars. */
final class Chart {

    /** The common part of all charts: as wide as a page of text. */
    static final int WIDTH = 840;

    static final int MARGIN = 24;

    /** A peer's figure at one case. */
    record Bar(Peer peer, Summary summary) {}

    private Chart() {}

    /** Draws it; of a workload without figures, a picture that says so. */
    static String of(Results results, Workload workload) {
        var cases = results.cases(workload).stream()
                .filter(at -> !bars(results, at, at.primary()).isEmpty())
                .toList();
        if (cases.isEmpty()) {
            return new Svg(WIDTH, 80, workload.title())
                    .text(MARGIN, 46, Anchor.START, 16, Svg.FAINT, false, workload.title() + ": not measured")
                    .toString();
        }
        return cases.size() > 1
                ? new LineChart(results, workload, cases).draw()
                : new BarChart(results, cases.getFirst()).draw();
    }

    static List<Bar> bars(Results results, Workload.Case at, Metric metric) {
        var bars = new ArrayList<Bar>();
        for (var peer : Peer.values()) {
            results.summary(at, peer, metric).ifPresent(summary -> bars.add(new Bar(peer, summary)));
        }
        return bars;
    }

    /** Each peer's own; Weft's are the strong ones. */
    static String colour(Peer peer) {
        return switch (peer) {
            case WEFT -> "#c2410c";
            case WEFT_EVENT_LOOP -> "#be185d";
            case WEFT_CARRIER -> "#e11d48";
            case VIRTUAL_THREADS -> "#475569";
            case COMPLETABLE_FUTURE -> "#2563eb";
            case STRUCTURED_TASK_SCOPE -> "#0891b2";
            case JOX -> "#7c3aed";
            case KOTLIN_DEFAULT -> "#15803d";
            case KOTLIN_RUN_BLOCKING -> "#65a30d";
            case ASYNCIO -> "#a16207";
        };
    }
}
