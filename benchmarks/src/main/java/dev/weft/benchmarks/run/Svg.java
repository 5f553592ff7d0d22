package dev.weft.benchmarks.run;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A picture being drawn. It has a light ground of its own, so that it can be read on a page of any colour, and uses the
 * reader's own fonts.
 */
final class Svg {

    /** Where a text is held. */
    enum Anchor {
        START,
        MIDDLE,
        END
    }

    /** A point, in pixels from the upper left corner. */
    record Point(double x, double y) {}

    static final String INK = "#1f2328";
    static final String FAINT = "#59636e";
    static final String GRID = "#dfe3e8";

    private static final String FONTS = "system-ui, 'Segoe UI', Helvetica, Arial, 'DejaVu Sans', sans-serif";

    private final int width;
    private final int height;
    private final String title;
    private final StringBuilder body = new StringBuilder();

    Svg(int width, int height, String title) {
        this.width = width;
        this.height = height;
        this.title = title;
    }

    Svg text(double x, double y, Anchor anchor, int size, String colour, boolean bold, String text) {
        return add(
                "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\" font-size=\"%d\" fill=\"%s\"%s>%s</text>",
                number(x),
                number(y),
                anchor.name().toLowerCase(Locale.ROOT),
                size,
                colour,
                bold ? " font-weight=\"bold\"" : "",
                escape(text));
    }

    Svg rectangle(double x, double y, double width, double height, String colour) {
        return add(
                "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"%s\"/>",
                number(x), number(y), number(width), number(height), colour);
    }

    Svg line(Point from, Point to, String colour, double width) {
        return add(
                "<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" stroke=\"%s\" stroke-width=\"%s\"/>",
                number(from.x), number(from.y), number(to.x), number(to.y), colour, number(width));
    }

    Svg path(List<Point> points, String colour, double width, boolean dashed) {
        return add(
                "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"%s\" stroke-linejoin=\"round\"%s/>",
                points.stream().map(p -> number(p.x) + "," + number(p.y)).collect(Collectors.joining(" ")),
                colour,
                number(width),
                dashed ? " stroke-dasharray=\"6 4\"" : "");
    }

    Svg dot(Point at, double radius, String colour) {
        return add(
                "<circle cx=\"%s\" cy=\"%s\" r=\"%s\" fill=\"%s\"/>",
                number(at.x), number(at.y), number(radius), colour);
    }

    /** The finished picture. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, """
            <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d" role="img" \
            font-family="%3$s">
            <title>%4$s</title>
            <rect x="0.5" y="0.5" width="%5$d" height="%6$d" rx="8" fill="#ffffff" stroke="%7$s"/>
            %8$s</svg>
            """, width, height, FONTS, escape(title), width - 1, height - 1, GRID, body);
    }

    private Svg add(String element, Object... values) {
        body.append(String.format(Locale.ROOT, element, values)).append('\n');
        return this;
    }

    private static String number(double value) {
        var text = String.format(Locale.ROOT, "%.1f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
