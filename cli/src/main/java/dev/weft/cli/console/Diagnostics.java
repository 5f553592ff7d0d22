package dev.weft.cli.console;

import dev.weft.cli.model.ExitCode;
import dev.weft.cli.text.Shown;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;

/** Says on standard error what is wrong, at once. */
public final class Diagnostics {

    private final StandardIo io;

    public Diagnostics(StandardIo io) {
        this.io = io;
    }

    public void message(String message) {
        line("weft: " + message);
    }

    /**
     * Says that something cannot be written, unless its reader has gone: then nobody is left who wants to know.
     *
     * @param what as in {@code the results}
     * @return the exit code
     */
    public int notWritten(String what, IOException failure) {
        var code = ExitCode.notWritten(failure);
        if (code == ExitCode.CANNOT_WRITE) {
            message("cannot write " + what + ": " + failure.getMessage());
        }
        return code;
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
