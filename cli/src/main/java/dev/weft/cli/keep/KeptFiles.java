package dev.weft.cli.keep;

import dev.weft.Deadline;
import dev.weft.Weft;
import dev.weft.cli.files.Reason;
import dev.weft.cli.files.Untrusted;
import dev.weft.cli.http.Request;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The files that a fetch leaves on disk, opened.
 *
 * @param downloads null if no bodies are kept
 * @param journal null if there is none
 */
public record KeptFiles(
        @Nullable Downloads downloads, @Nullable JournalFile journal) implements AutoCloseable {

    public static final KeptFiles NOTHING = new KeptFiles(null, null);

    /** A file or folder that an option names cannot be used. */
    public static final class UnusableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnusableException(String option, Path path, IOException cause) {
            super(option + " " + path + ": " + Reason.of(cause), cause);
        }
    }

    /**
     * Opens what the options name, before the deadline.
     *
     * <p><b>Blocking:</b> until it is open, or the deadline has come. <b>Cancellation:</b> always a cancellation point;
     * what is opened later than that is closed again.
     *
     * @param others what else the command line names: files of these are replaced by no body
     * @throws UnusableException with the option and the reason in its message
     * @throws TimeoutException if the deadline came before it was open
     */
    public static KeptFiles open(
            @Nullable Path output,
            @Nullable Path journal,
            Collection<String> others,
            Request request,
            Deadline deadline)
            throws UnusableException, TimeoutException, InterruptedException {
        if (output == null && journal == null) {
            return NOTHING;
        }
        var given = new AtomicReference<@Nullable KeptFiles>();
        try {
            return Weft.<KeptFiles, UnusableException>timeoutAt(
                    deadline,
                    () -> Weft.<KeptFiles, UnusableException>abandonOnCancel(() -> {
                        var kept = open(output, journal, others, request);
                        if (!given.compareAndSet(null, kept)) {
                            closeQuietly(kept);
                        }
                        return kept;
                    }));
        } catch (TimeoutException | InterruptedException e) {
            closeQuietly(given.getAndSet(NOTHING));
            throw e;
        }
    }

    /**
     * Opens what the options name.
     *
     * @throws UnusableException with the option and the reason in its message
     */
    private static KeptFiles open(
            @Nullable Path output, @Nullable Path resume, Collection<String> others, Request request)
            throws UnusableException {
        var journal = resume == null ? null : openJournal(resume, request);
        if (output == null) {
            return new KeptFiles(null, journal);
        }
        try {
            return new KeptFiles(Downloads.open(output, others), journal);
        } catch (IOException e) {
            closeQuietly(journal);
            throw new UnusableException("--output", output, e);
        }
    }

    private static JournalFile openJournal(Path file, Request request) throws UnusableException {
        var body = request.body();
        var data = body == null ? null : body.digest();
        try {
            return Untrusted.read(() -> JournalFile.open(file, request.inWords(), data));
        } catch (IOException e) {
            throw new UnusableException("--resume", file, e);
        }
    }

    private static void closeQuietly(@Nullable AutoCloseable kept) {
        if (kept != null) {
            try {
                kept.close();
            } catch (Exception e) {
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
