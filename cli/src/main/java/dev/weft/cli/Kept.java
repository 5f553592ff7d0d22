package dev.weft.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a fetch leaves on disk, opened.
 *
 * @param downloads null if no bodies are kept
 * @param journal null if there is none
 */
record Kept(@Nullable Downloads downloads, @Nullable JournalFile journal) implements AutoCloseable {

    static final Kept NOTHING = new Kept(null, null);

    /** A file or folder that an option names cannot be used. */
    static final class UnusableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnusableException(String option, Path path, IOException cause) {
            super(option + " " + path + ": " + cause.getMessage(), cause);
        }
    }

    /**
     * Opens what the options name.
     *
     * @throws UnusableException with the option and the reason in its message
     */
    static Kept open(@Nullable Path output, @Nullable Path resume, Request request) throws UnusableException {
        var journal = resume == null ? null : openJournal(resume, request);
        if (output == null) {
            return new Kept(null, journal);
        }
        try {
            return new Kept(Downloads.open(output), journal);
        } catch (IOException e) {
            closeQuietly(journal);
            throw new UnusableException("--output", output, e);
        }
    }

    private static JournalFile openJournal(Path file, Request request) throws UnusableException {
        try {
            return JournalFile.open(file, request.inWords());
        } catch (IOException e) {
            throw new UnusableException("--resume", file, e);
        }
    }

    private static void closeQuietly(@Nullable JournalFile journal) {
        if (journal != null) {
            try {
                journal.close();
            } catch (IOException e) {
                // what stood in the way before is worth more
            }
        }
    }

    @Override
    public void close() throws IOException {
        try (journal) {
            if (downloads != null) {
                downloads.close();
            }
        }
    }
}
