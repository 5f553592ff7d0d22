package dev.weft.cli.fetch;

import dev.weft.cli.model.Attempt;
import dev.weft.cli.model.FetchProgress;
import java.net.URI;

/** Makes one try of a URL. Called by many tasks at once. */
@FunctionalInterface
public interface Tries {

    /**
     * Tries it.
     *
     * <p><b>Blocking:</b> until it has ended, or its limit has passed. <b>Cancellation:</b> a cancellation point.
     *
     * @param progress told how far this has come
     */
    Attempt of(URI uri, FetchProgress progress) throws InterruptedException;
}
