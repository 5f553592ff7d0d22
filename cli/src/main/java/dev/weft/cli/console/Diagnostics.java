package dev.weft.cli.console;

import dev.weft.cli.text.Shown;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;

/** Says on standard error what is wrong, when there is no run that could. */
public final class Diagnostics {

    private final StandardIo io;

    public Diagnostics(StandardIo io) {
        this.io = io;
    }

    public void message(String message) {
        line("weft: " + message);
    }

    /** Each line of a text that this program has put together. */
    public void lines(String text) {
        text.lines().forEach(this::line);
    }

    /** A fault, with all that is known of it. */
    public void trace(Throwable fault) {
        var text = new StringWriter();
        fault.printStackTrace(new PrintWriter(text));
        lines(text.toString().replace("\t", "    "));
    }

    /** One line, whatever is in it. */
    public void line(String line) {
        try {
            io.err().write((Shown.line(line) + "\n").getBytes(StandardCharsets.UTF_8));
            io.err().flush();
        } catch (IOException e) {
            // nowhere is left to say it
        }
    }
}
