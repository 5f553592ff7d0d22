package dev.weft.cli.fetch;

import dev.weft.cli.http.NamedServers;
import java.util.function.Consumer;

/** Other processes that make the tries of a run, which keeps its limits, its retries, its journal and its report. */
public interface Elsewhere {

    /**
     * The tries made there.
     *
     * @param named the servers that may have the credentials
     */
    Tries tries(NamedServers named);

    /** How many may be under way there at once, now; at least one. */
    int concurrency();

    /**
     * Tells whenever {@link #concurrency} changes.
     *
     * <p><b>Blocking:</b> until it is cancelled. <b>Cancellation:</b> always a cancellation point.
     *
     * @param told in words, a line
     */
    void watch(Consumer<String> told) throws InterruptedException;
}
