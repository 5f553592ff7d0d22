package dev.weft.cli.manual;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The text below a command's options: examples, indented, each with its explanation behind a gap; then, after a blank
 * line and from the word {@code Exit:}, what its exit codes mean.
 */
public record Footer(List<Example> examples, List<Exit> exits) {

    private static final String EXIT = "Exit:";
    private static final Pattern GAP = Pattern.compile(" {2,}");
    private static final Pattern NEXT_CODE = Pattern.compile("[,;.]? +(?=\\d{1,3} )");
    private static final Pattern CODE = Pattern.compile("(\\d{1,3}) (.+)");

    /**
     * A line to type.
     *
     * @param explanation what comes of it, or empty
     */
    public record Example(String line, String explanation) {}

    /** An exit code. */
    public record Exit(int code, String meaning) {}

    static Footer of(List<String> lines) {
        var examples = new ArrayList<Example>();
        var exits = new StringBuilder();
        for (var line : lines) {
            if (line.startsWith(EXIT)) {
                exits.append(line.substring(EXIT.length()));
            } else if (!exits.isEmpty()) {
                exits.append(' ').append(line);
            } else if (line.startsWith("  ")) {
                var parts = GAP.split(line.strip(), 2);
                examples.add(new Example(parts[0], parts.length > 1 ? parts[1] : ""));
            }
        }
        return new Footer(List.copyOf(examples), exits(exits.toString().strip()));
    }

    private static List<Exit> exits(String text) {
        var exits = new ArrayList<Exit>();
        for (var part : NEXT_CODE.split(text, -1)) {
            var code = CODE.matcher(part);
            if (code.matches()) {
                var meaning = code.group(2);
                exits.add(new Exit(
                        Integer.parseInt(code.group(1)),
                        meaning.endsWith(".") ? meaning.substring(0, meaning.length() - 1) : meaning));
            }
        }
        return List.copyOf(exits);
    }
}
