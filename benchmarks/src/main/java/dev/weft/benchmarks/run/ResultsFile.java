package dev.weft.benchmarks.run;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/** The raw samples of a run, in a folder: {@code results.json}. */
final class ResultsFile {

    private static final Gson GSON =
            new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();

    private final Path file;

    ResultsFile(Path folder) {
        this.file = folder.resolve("results.json");
    }

    /** Writes it whole, or leaves the old one. */
    void write(Results results) throws IOException {
        var fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(fresh, compact(GSON.toJson(results)) + "\n");
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Reads it.
     *
     * @throws IOException if it is not there or not what {@link #write} has written; the message says which
     */
    Results read() throws IOException {
        if (!Files.exists(file)) {
            throw new IOException(file + " is not there; make it by running the benchmarks");
        }
        @Nullable Results results;
        try {
            results = GSON.fromJson(Files.readString(file), Results.class);
        } catch (JsonParseException e) {
            throw new IOException(file + " is not a file of results: " + e.getMessage(), e);
        }
        // Gson leaves null what the file lacks.
        if (results == null
                || results.machine() == null
                || results.conduct() == null
                || results.series() == null
                || results.gaps() == null) {
            throw new IOException(file + " is not a file of results: it lacks a part");
        }
        return results;
    }

    /**
     * Puts the samples of a round on one line. A line break is always between values, for JSON has none within a text.
     */
    private static String compact(String json) {
        return json.replaceAll("\\[\\n\\s+(?=[-\\d])", "[")
                .replaceAll("(?<=\\d),\\n\\s+(?=[-\\d])", ", ")
                .replaceAll("(?<=\\d)\\n\\s+\\]", "]");
    }
}
