package dev.weft;

/**
 * Is told of {@link Problem}s. May be called by any thread, by several at once, and must not block.
 *
 * <p>The default writes them to the {@link System.Logger} {@code dev.weft}.
 */
@FunctionalInterface
public interface ProblemHandler {

    /** Something went wrong. An exception that this throws is logged with the problem. */
    void handle(Problem problem);
}
