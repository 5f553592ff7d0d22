package dev.weft.cli.console;

import dev.weft.cli.text.Columns;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How much room standard output has. Where it is no terminal there is no limit: a file or another program gets all.
 *
 * @param columns of a line
 * @param rows of a picture
 */
public record Terminal(int columns, int rows) {

    private static final Terminal UNLIMITED = new Terminal(Integer.MAX_VALUE, Integer.MAX_VALUE);
    private static final Terminal USUAL = new Terminal(80, 24);
    private static final Pattern SIZE = Pattern.compile("(\\d+) (\\d+)");
    private static final int LEAST = 20;
    private static final long PATIENCE_MILLIS = 500;

    /**
     * As it is now; a window may change its size.
     *
     * <p><b>Blocking:</b> for half a second at most, on a terminal whose size the environment does not tell.
     */
    public static Terminal of(StandardIo io) throws InterruptedException {
        if (!io.outIsTerminal()) {
            return UNLIMITED;
        }
        var columns = number(io.environment().get("COLUMNS"));
        var rows = number(io.environment().get("LINES"));
        var asked = columns > 0 && rows > 0 ? USUAL : asked();
        return new Terminal(
                Math.max(LEAST, columns > 0 ? columns : asked.columns), Math.max(2, rows > 0 ? rows : asked.rows));
    }

    /** The output of {@code stty}, which every Unix has. */
    private static Terminal asked() throws InterruptedException {
        try {
            var stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!stty.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                stty.destroyForcibly();
                return USUAL;
            }
            var said = new String(stty.getInputStream().readNBytes(32), StandardCharsets.US_ASCII);
            var size = SIZE.matcher(said.strip());
            return size.matches() && number(size.group(1)) > 0 && number(size.group(2)) > 0
                    ? new Terminal(number(size.group(2)), number(size.group(1)))
                    : USUAL;
        } catch (IOException e) {
            return USUAL;
        }
    }

    private static int number(@Nullable String text) {
        return text != null && text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
    }

    /** The line, or as much of it as there is room for. Colours take no room. */
    public String fit(String line) {
        return Columns.fit(line, columns);
    }
}
