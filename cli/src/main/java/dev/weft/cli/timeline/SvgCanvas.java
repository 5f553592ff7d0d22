package dev.weft.cli.timeline;

import dev.weft.cli.text.Shown;
import dev.weft.cli.timeline.Timeline.State;

/** An SVG in the making: its style, and shapes one after the other. Not thread-safe. */
final class SvgCanvas {

    private static final String STYLE = """
        text { font: 14px system-ui, -apple-system, "Segoe UI", "Liberation Sans", sans-serif; fill: #1d1f21; }
        .small { font-size: 12px; } .soft { fill: #5c6065; } .late { fill: #6f42c1; }
        .middle { text-anchor: middle; } .end { text-anchor: end; }
        .ground { fill: #ffffff; stroke: #dcdcd6; } .grid { stroke: #e4e4df; }
        .on { fill: #ffffff; } .bar { stroke: none; } .wait { fill-opacity: .16; }
        .success .bar, .success .wait { fill: #2f6fbd; } .success .wait, .success .sign { stroke: #2f6fbd; }
        .failure .bar, .failure .wait { fill: #c5362b; } .failure .wait, .failure .sign { stroke: #c5362b; }
        .cancelled .bar, .cancelled .wait { fill: #9a6200; } .cancelled .wait, .cancelled .sign { stroke: #9a6200; }
        .open .bar, .open .wait { fill: #12786d; } .open .wait, .open .sign { stroke: #12786d; }
        .none .bar, .none .wait, .owner .bar { fill: #85898e; } .none .wait { stroke: #85898e; }
        .sign { fill: none; stroke-width: 2; } .deadline { stroke: #6f42c1; stroke-width: 2; stroke-dasharray: 5 4; }
        .cancel, .warning { stroke: #ffffff; } .cancel { fill: #1d1f21; } .warning { fill: #c5362b; }
        @media (prefers-color-scheme: dark) {
          text { fill: #e8e8e5; } .soft { fill: #a2a7ae; } .late { fill: #b79aff; } .on { fill: #16181b; }
          .ground { fill: #1e2125; stroke: #363a40; } .grid { stroke: #33373d; } .wait { fill-opacity: .22; }
          .success .bar, .success .wait { fill: #6ba6f2; } .success .wait, .success .sign { stroke: #6ba6f2; }
          .failure .bar, .failure .wait { fill: #ff7a6e; } .failure .wait, .failure .sign { stroke: #ff7a6e; }
          .cancelled .bar, .cancelled .wait { fill: #e9ae3c; } .cancelled .wait, .cancelled .sign { stroke: #e9ae3c; }
          .open .bar, .open .wait { fill: #4cc7b6; } .open .wait, .open .sign { stroke: #4cc7b6; }
          .deadline { stroke: #b79aff; }
          .cancel, .warning { stroke: #1e2125; } .cancel { fill: #e8e8e5; } .warning { fill: #ff7a6e; }
        }
        """;

    private static final int FONT = 14;
    private static final int SMALL = 12;

    private final StringBuilder shapes = new StringBuilder();

    // ---- text

    /** About how wide {@code text} is, whatever the reader's font. */
    static double width(String text) {
        return text.codePoints().mapToDouble(SvgCanvas::width).sum() * FONT;
    }

    /** {@link #width} in the class {@code small}. */
    static double smallWidth(String text) {
        return width(text) * SMALL / FONT;
    }

    private static double width(int character) {
        if (character > 0x2e80) {
            return 1.05; // an ideogram
        }
        return switch (character) {
            case 'i', 'l', 'j', 'I', '.', ',', ':', ';', '\'', '!', '|' -> 0.29;
            case 'f', 't', 'r', ' ', '(', ')', '[', ']', '/', '-', '"' -> 0.38;
            case 'm', 'w', 'M', 'W', '@', '%' -> 0.92;
            default -> Character.isUpperCase(character) ? 0.7 : 0.585;
        };
    }

    /** {@code whole} without passwords, and with its end cut off, if it is wider than {@code most}. */
    static String cut(String whole, double most) {
        // before it is cut: where the password ends is told by what follows it
        var text = Shown.redacted(whole);
        if (width(text) <= most) {
            return text;
        }
        var characters = text.codePoints().toArray();
        var end = characters.length;
        var width = width(text);
        while (end > 1 && width + FONT > most) {
            end--;
            width -= width(characters[end]) * FONT;
        }
        return new String(characters, 0, end) + "…";
    }

    /** Nothing in it ends the text, XML can hold it, and passwords are left out. */
    static String escaped(String text) {
        var clean = new StringBuilder();
        Shown.redacted(text).codePoints().forEach(character -> {
            switch (character) {
                case '&' -> clean.append("&amp;");
                case '<' -> clean.append("&lt;");
                case '>' -> clean.append("&gt;");
                case '"' -> clean.append("&quot;");
                case '\n', '\r', '\t' -> clean.append(' ');
                default -> clean.appendCodePoint(isInXml(character) ? character : 0xfffd);
            }
        });
        return clean.toString();
    }

    private static boolean isInXml(int character) {
        return !Character.isISOControl(character)
                && character != 0xfffe
                && character != 0xffff
                && Character.getType(character) != Character.SURROGATE
                && !isDirection(character);
    }

    /** Marks that turn the order of what follows, and so could make a name read as another. */
    private static boolean isDirection(int character) {
        return (character >= 0x202a && character <= 0x202e) || (character >= 0x2066 && character <= 0x2069);
    }

    // ---- shapes

    void text(String type, double x, double y, String text) {
        if (!text.isEmpty()) {
            shapes.append("<text").append(type.isEmpty() ? "" : " class=\"" + type + '"');
            at("x", x).at("y", y).shapes.append('>').append(escaped(text)).append("</text>\n");
        }
    }

    void rect(String type, double x, double y, double width, double height) {
        begin("rect", type).at("x", x).at("y", y).at("width", width).at("height", height);
        shapes.append(" rx=\"2\"/>\n");
    }

    void line(String type, double fromX, double fromY, double toX, double toY) {
        begin("line", type).at("x1", fromX).at("y1", fromY).at("x2", toX).at("y2", toY);
        shapes.append("/>\n");
    }

    /** A triangle that points down to {@code x}, {@code y}. */
    void triangle(String type, double x, double y, String title) {
        begin("path", type);
        shapes.append(" d=\"M").append(number(x)).append(' ').append(number(y)).append("l-5.5 -10h11z\">");
        title(title);
        shapes.append("</path>\n");
    }

    /** The sign of a state, from {@code x} on: no state is told by its colour alone. */
    void sign(State state, double x, double y) {
        var path = switch (state) {
            case SUCCESS -> "m0 0l3.5 4l6 -8";
            case FAILURE -> "m0 -4l8 8m0 -8l-8 8";
            case CANCELLED -> "m0 -4h8v8h-8z";
            case OPEN -> "m0 0h2m2 0h2m2 0h2";
            case NONE -> "";
        };
        if (!path.isEmpty()) {
            begin("path", "sign");
            shapes.append(" d=\"M").append(number(x)).append(' ').append(number(y));
            shapes.append(path).append("\"/>\n");
        }
    }

    void open(String type, String title) {
        begin("g", type);
        shapes.append('>');
        title(title);
        shapes.append('\n');
    }

    void close() {
        shapes.append("</g>\n");
    }

    private void title(String title) {
        if (!title.isEmpty()) {
            shapes.append("<title>").append(escaped(title)).append("</title>");
        }
    }

    private SvgCanvas begin(String shape, String type) {
        shapes.append('<').append(shape).append(" class=\"").append(type).append('"');
        return this;
    }

    private SvgCanvas at(String name, double value) {
        shapes.append(' ').append(name).append("=\"").append(number(value)).append('"');
        return this;
    }

    /** With one digit, in every locale. */
    private static String number(double value) {
        var tenths = Math.round(value * 10);
        var text = (tenths < 0 ? "-" : "") + Math.abs(tenths) / 10;
        return tenths % 10 == 0 ? text : text + '.' + Math.abs(tenths) % 10;
    }

    // ---- the whole

    String whole(int width, int height, String title, String description) {
        var svg = new StringBuilder("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ")
                .append(width)
                .append(' ')
                .append(height)
                .append("\" width=\"")
                .append(width)
                .append("\" height=\"")
                .append(height)
                .append("\" role=\"img\" aria-labelledby=\"title description\">\n")
                .append("<title id=\"title\">")
                .append(escaped(title))
                .append("</title>\n<desc id=\"description\">")
                .append(escaped(description))
                .append("</desc>\n<style>\n")
                .append(STYLE)
                .append("</style>\n<rect class=\"ground\" x=\"0.5\" y=\"0.5\" width=\"")
                .append(width - 1)
                .append("\" height=\"")
                .append(height - 1)
                .append("\" rx=\"6\"/>\n");
        return svg.append(shapes).append("</svg>\n").toString();
    }
}
