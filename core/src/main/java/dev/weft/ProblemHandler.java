package dev.weft;

/**
 * Handles {@link Problem}s. May be called by any thread, by several at once, and must not block.
 *
 * <p>The default writes them to the {@link System.Logger} {@code dev.weft}.
 */
@FunctionalInterface
public interface ProblemHandler {

    /**
     * Handles one problem. An exception that this throws is logged with the problem.
     *
     * @param problem says what happened to which task; the exception is in it, and was not thrown to anybody
     */
    void handle(Problem problem);
}
