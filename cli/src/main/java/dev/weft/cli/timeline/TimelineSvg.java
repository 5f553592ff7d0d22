package dev.weft.cli.timeline;

import dev.weft.cli.timeline.Timeline.Lane;
import dev.weft.cli.timeline.Timeline.Mark;
import dev.weft.cli.timeline.Timeline.Role;
import dev.weft.cli.timeline.Timeline.Span;
import dev.weft.cli.timeline.Timeline.State;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A timeline as one SVG, for documents: one lane per task, nothing to click, light or dark as the reader's system is.
 * Equal timelines give equal bytes. Used once, by one thread.
 */
public final class TimelineSvg {

    /** How many lanes are drawn. The page, {@link TimelinePage}, has room for all. */
    public static final int MOST_LANES = 200;

    private static final int WIDTH = 540;
    private static final int EDGE = 14;
    private static final int ROW = 30;
    private static final int BAR = 18;
    private static final int INDENT = 12;
    private static final int LONGEST_NAME = 160;
    private static final int LONGEST_TAG = 130;
    private static final int LABEL_ROWS = 3;
    private static final int LABEL = 19;
    private static final int MOST_STEPS = 6;

    private final Timeline timeline;
    private final List<Lane> lanes;
    private final SvgCanvas svg = new SvgCanvas();
    private final Set<String> legend = new LinkedHashSet<>();
    private final Map<Long, Integer> rows = new HashMap<>();
    private final List<Mark> deadlines;
    private final long begin;
    private final long length;
    private final double left;
    private final double right;
    private final int top;

    private TimelineSvg(Timeline timeline) {
        this.timeline = timeline;
        lanes = timeline.lanes()
                .subList(0, Math.min(MOST_LANES, timeline.lanes().size()));
        for (var lane : lanes) {
            rows.put(lane.id(), rows.size());
        }
        begin = timeline.beginMicros();
        length = Math.max(1, timeline.endMicros() - begin);
        left = 2 * EDGE
                + lanes.stream()
                        .mapToDouble(lane -> indent(lane) + SvgCanvas.width(SvgCanvas.cut(name(lane), LONGEST_NAME)))
                        .max()
                        .orElse(0);
        right = WIDTH
                - 2 * EDGE
                - 16
                - lanes.stream()
                        .mapToDouble(lane -> SvgCanvas.width(SvgCanvas.cut(tag(lane), LONGEST_TAG)))
                        .max()
                        .orElse(0);
        deadlines = timeline.marks().stream()
                .filter(mark -> mark.kind().equals("deadline"))
                .toList();
        top = EDGE + (timeline.subtitle().isEmpty() ? 0 : 22) + 18 + LABEL * Math.min(LABEL_ROWS, deadlines.size()) + 8;
    }

    /** The SVG. */
    public static String of(Timeline timeline) {
        return new TimelineSvg(timeline).draw();
    }

    private String draw() {
        if (!timeline.subtitle().isEmpty()) {
            var title = SvgCanvas.cut(timeline.title() + " · " + timeline.subtitle(), WIDTH - 2 * EDGE);
            svg.text("soft", EDGE, EDGE + 10, title);
        }
        if (lanes.isEmpty()) {
            svg.text("", EDGE, top + 14, timeline.empty());
            return whole(top + ROW);
        }
        var bottom = top + ROW * lanes.size();
        axis(bottom);
        for (var lane : lanes) {
            lane(lane);
        }
        deadlines(bottom);
        timeline.marks().stream()
                .filter(mark -> !mark.kind().equals("deadline"))
                .forEach(this::mark);
        var end = bottom + 8;
        if (lanes.size() < timeline.lanes().size()) {
            end += 18;
            svg.text("soft", EDGE, end, "and " + (timeline.lanes().size() - lanes.size()) + " more, in the page");
        }
        return whole(legend(end + 20));
    }

    private double x(long micros) {
        return left + (right - left) * (micros - begin) / length;
    }

    private static int indent(Lane lane) {
        return INDENT * Math.min(6, lane.depth());
    }

    private static String name(Lane lane) {
        return lane.label().isEmpty() ? lane.name() : lane.label();
    }

    // ---- the scale

    private void axis(int bottom) {
        var y = top - 8 - LABEL * Math.min(LABEL_ROWS, deadlines.size());
        var step = step();
        for (var at = Math.ceilDiv(begin, step) * step; at <= begin + length; at += step) {
            svg.line("grid", x(at), y + 3, x(at), bottom);
            svg.text("soft middle", x(at), y - 2, TimeScale.text(at));
        }
    }

    /** The smallest step whose texts do not touch each other. */
    private long step() {
        for (var most = MOST_STEPS; most > 1; most--) {
            var step = TimeScale.step(length, most);
            var widest = 0.0;
            for (var at = Math.ceilDiv(begin, step) * step; at <= begin + length; at += step) {
                widest = Math.max(widest, SvgCanvas.width(TimeScale.text(at)));
            }
            if (widest + 14 <= (right - left) * step / length) {
                return step;
            }
        }
        return TimeScale.step(length, 1);
    }

    private void deadlines(int bottom) {
        for (var i = 0; i < deadlines.size(); i++) {
            var mark = deadlines.get(i);
            var x = x(mark.atMicros());
            var row = Math.min(i, LABEL_ROWS - 1);
            var y = top - 8 - LABEL * (Math.min(LABEL_ROWS, deadlines.size()) - 1 - row);
            svg.line("deadline", x, y - 10, x, bottom);
            if (i < LABEL_ROWS) {
                var before = x > (left + right) / 2;
                var room = (before ? x - EDGE : WIDTH - EDGE - x) - 8;
                var text = SvgCanvas.cut(mark.text(), room);
                svg.text(before ? "late end" : "late", before ? x - 5 : x + 5, y, text);
            }
            legend.add("deadline");
        }
    }

    // ---- the lanes

    private void lane(Lane lane) {
        var y = top + ROW * rows.getOrDefault(lane.id(), 0);
        var bar = y + (ROW - BAR) / 2.0;
        svg.open(lane.role() == Role.OWNER ? "owner" : lane.state().name().toLowerCase(Locale.ROOT), described(lane));
        svg.text("name", EDGE + indent(lane), y + ROW / 2.0 + 4.5, SvgCanvas.cut(name(lane), LONGEST_NAME));
        if (lane.role() == Role.OWNER) {
            svg.rect("bar", x(lane.fromMicros()), y + ROW / 2.0 - 2, width(lane.fromMicros(), lane.toMicros()), 4);
        } else {
            bar(lane, bar);
            var x = x(lane.toMicros()) + 8;
            svg.sign(lane.state(), x, y + ROW / 2.0);
            svg.text("", x + 14, y + ROW / 2.0 + 4.5, SvgCanvas.cut(tag(lane), LONGEST_TAG));
            legend.add(lane.state().name().toLowerCase(Locale.ROOT));
        }
        svg.close();
    }

    /** Waiting is pale; all between is running. */
    private void bar(Lane lane, double y) {
        var at = lane.fromMicros();
        for (var span : lane.spans()) {
            if (span.waiting()) {
                running(at, span.fromMicros(), y);
                svg.rect("wait", x(span.fromMicros()), y, width(span.fromMicros(), span.toMicros()), BAR);
                legend.add("waiting");
                at = Math.max(at, span.toMicros());
            }
        }
        if (at == lane.fromMicros() || at < lane.toMicros()) {
            running(at, Math.max(at + 1, lane.toMicros()), y);
        }
        for (var span : lane.spans()) {
            label(span, y);
        }
    }

    private void running(long from, long to, double y) {
        if (to > from) {
            svg.rect("bar", x(from), y, width(from, to), BAR);
            legend.add("running");
        }
    }

    private void label(Span span, double y) {
        var room = x(span.toMicros()) - x(span.fromMicros());
        if (SvgCanvas.smallWidth(span.what()) + 10 <= room) {
            var x = (x(span.fromMicros()) + x(span.toMicros())) / 2;
            svg.text(span.waiting() ? "small middle" : "small middle on", x, y + BAR / 2.0 + 4, span.what());
        }
    }

    private double width(long from, long to) {
        return Math.max(2, x(to) - x(from));
    }

    private static String tag(Lane lane) {
        if (!lane.tag().isEmpty() || lane.role() != Role.WORK) {
            return lane.tag();
        }
        return switch (lane.state()) {
            case SUCCESS -> TimeScale.rounded(lane.toMicros() - lane.fromMicros());
            case FAILURE -> exception(lane);
            case CANCELLED -> "cancelled";
            case OPEN -> "has not ended";
            case NONE -> lane.word();
        };
    }

    private static String exception(Lane lane) {
        return lane.facts().stream()
                .filter(fact -> fact.name().equals("Exception"))
                .map(fact -> fact.value().substring(fact.value().lastIndexOf('.') + 1))
                .findFirst()
                .orElse("failed");
    }

    /** As a sentence, for readers who cannot see the picture. */
    private static String described(Lane lane) {
        var times = "from " + TimeScale.rounded(lane.fromMicros()) + " to " + TimeScale.rounded(lane.toMicros());
        var state = switch (lane.state()) {
            case SUCCESS -> ", returned";
            case FAILURE -> ", failed with " + exception(lane);
            case CANCELLED -> ", cancelled";
            case OPEN -> ", has not ended";
            case NONE -> "";
        };
        return lane.name() + ": " + times + state;
    }

    private void mark(Mark mark) {
        var row = rows.get(mark.lane());
        if (row == null && mark.lane() != 0) {
            return;
        }
        var y = row == null ? top - 4 : top + ROW * row + (ROW - BAR) / 2.0;
        var kind = mark.kind().equals("cancel") ? "cancel" : "warning";
        svg.triangle(kind, x(mark.atMicros()), y + 3, mark.text());
        legend.add(kind);
    }

    // ---- around it

    /** Draws the legend from {@code y} on. Returns where it ends. */
    private int legend(int y) {
        var x = (double) EDGE;
        var at = y;
        for (var item : List.of(
                "running", "waiting", "success", "failure", "cancelled", "open", "cancel", "deadline", "warning")) {
            if (!legend.contains(item)) {
                continue;
            }
            var text = words(item);
            var width = 22 + SvgCanvas.width(text) + 16;
            if (x + width > WIDTH) {
                x = EDGE;
                at += 20;
            }
            swatch(item, x, at);
            svg.text("soft", x + 22, at + 4.5, text);
            x += width;
        }
        return at + 16;
    }

    private static String words(String item) {
        return switch (item) {
            case "success" -> "returned";
            case "failure" -> "failed";
            case "open" -> "has not ended";
            case "cancel" -> "request to stop";
            default -> item;
        };
    }

    private void swatch(String item, double x, int y) {
        switch (item) {
            case "running", "waiting" -> {
                svg.open("success", "");
                svg.rect(item.equals("running") ? "bar" : "wait", x, y - 5, 16, 10);
                svg.close();
            }
            case "deadline" -> svg.line("deadline", x + 8, y - 8, x + 8, y + 8);
            case "cancel", "warning" -> svg.triangle(item, x + 8, y + 4, "");
            default -> {
                svg.open(item, "");
                svg.sign(State.valueOf(item.toUpperCase(Locale.ROOT)), x + 3, y);
                svg.close();
            }
        }
    }

    private String whole(int height) {
        var description = new StringBuilder();
        lanes.stream()
                .limit(40)
                .forEach(lane -> description.append(described(lane)).append(". "));
        deadlines.stream()
                .limit(LABEL_ROWS)
                .forEach(mark -> description
                        .append(mark.text())
                        .append(" at ")
                        .append(TimeScale.rounded(mark.atMicros()))
                        .append(". "));
        return svg.whole(WIDTH, height, timeline.title(), description.toString().strip());
    }
}
