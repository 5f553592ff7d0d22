package dev.weft.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What was done, what is expected of it, and what came. */
final class ShowTable {

    private final List<String> rows = new ArrayList<>();
    private final List<String> failed = new ArrayList<>();

    void row(String what, String expected, String came, boolean isGood) {
        var row = "| " + what + " | " + expected + " | " + came + (isGood ? " |" : " **(not as expected)** |");
        System.out.println(row);
        rows.add(row);
        if (!isGood) {
            failed.add(row);
        }
    }

    void skipped(String what, String why) {
        row(what, "–", "skipped: " + why, true);
    }

    /** The rows that are not as expected. */
    List<String> failed() {
        return failed;
    }

    void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, "| what | expected | came |\n| --- | --- | --- |\n" + String.join("\n", rows) + "\n");
    }
}
