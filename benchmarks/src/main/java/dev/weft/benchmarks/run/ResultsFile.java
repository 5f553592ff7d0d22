package dev.weft.benchmarks.run;

import java.io.IOException;
import java.nio.file.Path;

/** The raw samples of a run, in a folder: {@code results.json}. */
final class ResultsFile {

    private final JsonFile file;

    ResultsFile(Path folder) {
        this.file = new JsonFile(folder.resolve("results.json"));
    }

    /** Writes it whole, or leaves the old one. */
    void write(Results results) throws IOException {
        file.write(results);
    }

    /**
     * Reads it.
     *
     * @throws IOException if it is not there or not what {@link #write} has written; the message says which
     */
    Results read() throws IOException {
        return file.read(Results.class)
                .filter(results -> results.machine() != null
                        && results.conduct() != null
                        && results.series() != null
                        && results.gaps() != null)
                .orElseThrow(file::lacking);
    }
}
