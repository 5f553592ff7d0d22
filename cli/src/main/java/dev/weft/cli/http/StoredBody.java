package dev.weft.cli.http;

import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One body on its way into a {@link BodyStore}. Written by the client's threads, kept or closed by the task that
 * fetches.
 */
public interface StoredBody extends BodySink, AutoCloseable {

    /**
     * The body is whole: puts it in its place, over what is there.
     *
     * @param modified the time that the file gets, or null for now
     * @throws CannotSaveException if that cannot be done
     */
    Path keep(@Nullable Instant modified) throws CannotSaveException;

    /** Gives up what was not kept. */
    @Override
    void close();
}
