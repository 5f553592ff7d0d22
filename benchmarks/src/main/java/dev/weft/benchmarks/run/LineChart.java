package dev.weft.benchmarks.run;

import dev.weft.benchmarks.run.Svg.Anchor;
import dev.weft.benchmarks.run.Svg.Point;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The figure over the size, a line for each peer, both axes logarithmic; each line's name stands at its end. */
final class LineChart {

    private static final int HEIGHT = 460;
    private static final int TOP = 76;
    private static final int BOTTOM = 56;
    private static final int LEFT = 76;
    private static final int NAMES = 176;
    private static final int NAME_HEIGHT = 19;
    private static final double ROOM = 1.15;

    private final Results results;
    private final Workload workload;
    private final List<Workload.Case> cases;

    LineChart(Results results, Workload workload, List<Workload.Case> cases) {
        this.results = results;
        this.workload = workload;
        this.cases = cases;
    }

    /** A peer's line, and where its name stands. */
    private record Line(Peer peer, List<Point> points, double nameY) {
        Point end() {
            return points.getLast();
        }

        Line named(double y) {
            return new Line(peer, points, y);
        }
    }

    String draw() {
        var metric = cases.getFirst().primary();
        var medians = cases.stream()
                .flatMap(at -> Chart.bars(results, at, at.primary()).stream())
                .mapToDouble(bar -> bar.summary().median())
                .summaryStatistics();
        var x = Axis.logarithmic(size(cases.getFirst()), size(cases.getLast()), LEFT + 16, right() - 12);
        var y = Axis.logarithmic(
                Math.max(medians.getMin(), Double.MIN_NORMAL) / ROOM,
                Math.max(medians.getMax(), Double.MIN_NORMAL) * ROOM,
                HEIGHT - BOTTOM,
                TOP);
        var svg = new Svg(Chart.WIDTH, HEIGHT, workload.title());
        svg.text(Chart.MARGIN, 34, Anchor.START, 18, Svg.INK, true, workload.title());
        svg.text(Chart.MARGIN, 56, Anchor.START, 14, Svg.FAINT, false, metric.legend());
        axes(svg, x, y);
        for (var line : lines(x, y)) {
            draw(svg, line);
        }
        return svg.toString();
    }

    private void axes(Svg svg, Axis x, Axis y) {
        for (double tick : y.ticks()) {
            svg.line(new Point(LEFT, y.at(tick)), new Point(right(), y.at(tick)), Svg.GRID, 1);
            svg.text(LEFT - 8, y.at(tick) + 4, Anchor.END, 12, Svg.FAINT, false, label(tick));
        }
        for (var at : cases) {
            double place = x.at(size(at));
            svg.line(new Point(place, TOP), new Point(place, HEIGHT - BOTTOM), Svg.GRID, 1);
            svg.text(place, HEIGHT - BOTTOM + 20, Anchor.MIDDLE, 12, Svg.FAINT, false, Numbers.whole((long) size(at)));
        }
        svg.text((LEFT + right()) / 2.0, HEIGHT - 14, Anchor.MIDDLE, 13, Svg.FAINT, false, "size");
    }

    private List<Line> lines(Axis x, Axis y) {
        var lines = new ArrayList<Line>();
        for (var peer : Peer.values()) {
            var points = new ArrayList<Point>();
            for (var at : cases) {
                results.summary(at, peer, at.primary())
                        .ifPresent(summary -> points.add(new Point(x.at(size(at)), y.at(summary.median()))));
            }
            if (!points.isEmpty()) {
                lines.add(new Line(peer, points, points.getLast().y()));
            }
        }
        // Ours last, so that they lie on top.
        var apart = apart(lines);
        apart.sort(Comparator.comparing(line -> line.peer.isOurs()));
        return apart;
    }

    /** Moves the names that would lie on each other down, and all of them up again if they run out of the picture. */
    private static List<Line> apart(List<Line> lines) {
        var apart = new ArrayList<>(lines);
        apart.sort(Comparator.comparingDouble(Line::nameY));
        for (int i = 1; i < apart.size(); i++) {
            double least = apart.get(i - 1).nameY + NAME_HEIGHT;
            apart.set(i, apart.get(i).named(Math.max(apart.get(i).nameY, least)));
        }
        double most = HEIGHT - BOTTOM;
        for (int i = apart.size() - 1; i >= 0; i--) {
            apart.set(i, apart.get(i).named(Math.min(apart.get(i).nameY, most)));
            most = apart.get(i).nameY - NAME_HEIGHT;
        }
        return apart;
    }

    private static void draw(Svg svg, Line line) {
        var colour = Chart.colour(line.peer);
        boolean ours = line.peer.isOurs();
        svg.path(line.points, colour, ours ? 3.5 : 2, line.peer.side() == Peer.Side.EVENT_LOOP);
        line.points.forEach(point -> svg.dot(point, ours ? 5 : 3.5, colour));
        double names = right() + 26;
        svg.line(line.end(), new Point(names - 5, line.nameY), colour, 0.7);
        svg.text(names, line.nameY + 5, Anchor.START, 14, colour, ours, line.peer.title());
    }

    private static double size(Workload.Case at) {
        return at.size().orElseThrow();
    }

    private static int right() {
        return Chart.WIDTH - Chart.MARGIN - NAMES;
    }

    private static String label(double tick) {
        return tick >= 1 ? Numbers.whole(Math.round(tick)) : Numbers.figure(tick);
    }
}
