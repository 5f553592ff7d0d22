package dev.weft.benchmarks.run;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** A file that keeps the samples of a run. */
public final class JsonFile {

    private static final Gson GSON =
            new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();

    private final Path file;

    /** At that place. */
    public JsonFile(Path file) {
        this.file = file;
    }

    /** Writes it whole, or leaves the old one. */
    public void write(Object content) throws IOException {
        var fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(fresh, compact(GSON.toJson(content)) + "\n");
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Reads it; empty if there is nothing in it. Gson leaves null what it lacks.
     *
     * @throws IOException if it is not there or not what {@link #write} has written; the message says which
     */
    public <T> Optional<T> read(Class<T> type) throws IOException {
        if (!Files.exists(file)) {
            throw new IOException(file + " is not there; make it by running the benchmarks");
        }
        try {
            return Optional.ofNullable(GSON.fromJson(Files.readString(file), type));
        } catch (JsonParseException e) {
            throw new IOException(file + " is not a file of results: " + e.getMessage(), e);
        }
    }

    /** The exception for a file that lacks a part; {@link #read} throws the same. */
    public IOException lacking() {
        return new IOException(file + " is not a file of results: it lacks a part");
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
