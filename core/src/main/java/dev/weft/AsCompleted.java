package dev.weft;

import java.util.Iterator;

/**
 * Completions in order, to be iterated once: an iterator that is asked for again goes on where the last one stopped.
 * {@link Iterator#hasNext} never blocks, and says how many completions have not been handed out.
 *
 * @param <C> {@link Completion} or {@link TimedCompletion}
 * @see Weft#asCompleted(java.util.Collection)
 */
public interface AsCompleted<C> extends Iterable<C>, AutoCloseable {

    /**
     * Cancels what this has started and has not ended, and joins it. Tasks that were given go on. Does nothing the
     * second time.
     *
     * <p>Called for you when the enclosing task ends, or all have ended. Elsewhere use try-with-resources if the loop
     * can be left early.
     *
     * <p><b>Blocking:</b> until what was started has ended. <b>Cancellation:</b> never a cancellation point.
     */
    @Override
    void close();
}
