package dev.weft.benchmarks.run;

import dev.weft.benchmarks.run.Svg.Anchor;
import dev.weft.benchmarks.run.Svg.Point;
import java.util.Arrays;
import java.util.List;

/**
 * Bars from left to right, one a peer, with a whisker from quartile to quartile. A panel for each side, with an axis of
 * its own: only neighbours are compared.
 */
final class BarChart {

    private static final int HEADER = 76;
    private static final int ROW = 28;
    private static final int BAR = 16;
    private static final int AXIS = 44;
    private static final int LABELS = 180;
    private static final int VALUES = 80;

    private final Results results;
    private final Workload.Case at;

    BarChart(Results results, Workload.Case at) {
        this.results = results;
        this.at = at;
    }

    String draw() {
        var panels = Arrays.stream(Peer.Side.values())
                .map(side -> Chart.bars(results, at, at.primary()).stream()
                        .filter(bar -> bar.peer().side() == side)
                        .toList())
                .filter(bars -> !bars.isEmpty())
                .toList();
        int height = HEADER + panels.stream().mapToInt(BarChart::height).sum();
        var svg = new Svg(Chart.WIDTH, height, title());
        svg.text(Chart.MARGIN, 34, Anchor.START, 18, Svg.INK, true, title());
        svg.text(
                Chart.MARGIN,
                56,
                Anchor.START,
                14,
                Svg.FAINT,
                false,
                at.primary().legend());
        int top = HEADER;
        for (var bars : panels) {
            panel(svg, bars, top);
            top += height(bars);
        }
        return svg.toString();
    }

    private String title() {
        var title = at.workload().title();
        return at.size().isPresent() ? title + ": " + Numbers.whole(at.size().getAsLong()) : title;
    }

    private static int height(List<Chart.Bar> bars) {
        return bars.size() * ROW + AXIS;
    }

    private static void panel(Svg svg, List<Chart.Bar> bars, int top) {
        double greatest =
                bars.stream().mapToDouble(bar -> bar.summary().upper()).max().orElseThrow();
        var axis = Axis.linear(greatest, Chart.MARGIN + LABELS, Chart.WIDTH - Chart.MARGIN - VALUES);
        double bottom = top + bars.size() * ROW;
        for (double tick : axis.ticks()) {
            double x = axis.at(tick);
            svg.line(new Point(x, top), new Point(x, bottom), Svg.GRID, 1);
            svg.text(x, bottom + 18, Anchor.MIDDLE, 12, Svg.FAINT, false, tick(tick));
        }
        rows(svg, bars, axis, top);
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
