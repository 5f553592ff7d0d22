package dev.weft.benchmarks.run;

import dev.weft.benchmarks.run.Svg.Anchor;
import dev.weft.benchmarks.run.Svg.Point;
import java.util.List;

/** Bars from left to right, one a peer, with a whisker from quartile to quartile; a panel for each figure. */
final class BarChart {

    private static final int HEADER = 48;
    private static final int PANEL_HEADER = 30;
    private static final int ROW = 28;
    private static final int BAR = 16;
    private static final int AXIS = 34;
    private static final int LABELS = 180;
    private static final int VALUES = 80;

    private final Results results;
    private final Workload.Case at;

    BarChart(Results results, Workload.Case at) {
        this.results = results;
        this.at = at;
    }

    String draw() {
        int rows = Chart.bars(results, at, at.primary()).size();
        int panel = PANEL_HEADER + rows * ROW + AXIS;
        var title = at.size().isPresent()
                ? at.workload().title() + ": " + Numbers.whole(at.size().getAsLong())
                : at.workload().title();
        var svg = new Svg(Chart.WIDTH, HEADER + at.metrics().size() * panel, title);
        svg.text(Chart.MARGIN, 34, Anchor.START, 18, Svg.INK, true, title);
        int top = HEADER;
        for (var metric : at.metrics()) {
            panel(svg, metric, top);
            top += panel;
        }
        return svg.toString();
    }

    private void panel(Svg svg, Metric metric, int top) {
        var bars = Chart.bars(results, at, metric);
        double greatest =
                bars.stream().mapToDouble(bar -> bar.summary().upper()).max().orElse(1);
        var axis = Axis.linear(greatest, Chart.MARGIN + LABELS, Chart.WIDTH - Chart.MARGIN - VALUES);
        double first = top + PANEL_HEADER;
        double bottom = first + bars.size() * ROW;
        svg.text(
                Chart.MARGIN,
                top + 18,
                Anchor.START,
                14,
                Svg.FAINT,
                false,
                metric.unit() + (metric.lessIsBetter() ? " (less is better)" : " (more is better)"));
        for (double tick : axis.ticks()) {
            double x = axis.at(tick);
            svg.line(new Point(x, first), new Point(x, bottom), Svg.GRID, 1);
            svg.text(x, bottom + 18, Anchor.MIDDLE, 12, Svg.FAINT, false, tick(tick));
        }
        rows(svg, bars, axis, first);
    }

    private static void rows(Svg svg, List<Chart.Bar> bars, Axis axis, double first) {
        double y = first + ROW / 2.0;
        for (var bar : bars) {
            var summary = bar.summary();
            var ours = bar.peer().isOurs();
            double end = axis.at(summary.median());
            double lower = axis.at(summary.lower());
            double upper = axis.at(summary.upper());
            svg.text(
                    axis.from() - 10,
                    y + 5,
                    Anchor.END,
                    14,
                    Svg.INK,
                    ours,
                    bar.peer().title());
            svg.rectangle(axis.from(), y - BAR / 2.0, Math.max(1, end - axis.from()), BAR, Chart.colour(bar.peer()));
            svg.line(new Point(lower, y), new Point(upper, y), Svg.INK, 1.5);
            svg.line(new Point(lower, y - 4), new Point(lower, y + 4), Svg.INK, 1.5);
            svg.line(new Point(upper, y - 4), new Point(upper, y + 4), Svg.INK, 1.5);
            svg.text(
                    Math.max(end, upper) + 8, y + 5, Anchor.START, 13, Svg.INK, ours, Numbers.figure(summary.median()));
            y += ROW;
        }
    }

    private static String tick(double value) {
        return value == Math.rint(value) ? Numbers.whole(Math.round(value)) : Numbers.figure(value);
    }
}
