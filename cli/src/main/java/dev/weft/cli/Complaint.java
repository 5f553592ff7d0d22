package dev.weft.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Says on standard error what is wrong, when there is no run that could. */
final class Complaint {

    private final Io io;

    Complaint(Io io) {
        this.io = io;
    }

    void say(String message) {
        line("weft: " + message);
    }

    void line(String line) {
        try {
            io.err().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            io.err().flush();
        } catch (IOException e) {
            // nowhere is left to say it
        }
    }
}
