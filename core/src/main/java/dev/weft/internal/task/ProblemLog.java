package dev.weft.internal.task;

import dev.weft.internal.failure.Foreign;
import org.jspecify.annotations.Nullable;

/**
 * The log of the process. Its handlers are users' code, and print users' exceptions: where either throws, the problem
 * is told in plain text, and the caller goes on.
 */
final class ProblemLog {

    private ProblemLog() {}

    static void error(String message, @Nullable Throwable exception) {
        try {
            System.getLogger("dev.weft").log(System.Logger.Level.ERROR, message, exception);
        } catch (Throwable e) {
            System.err.println("dev.weft: " + message + (exception == null ? "" : ": " + Foreign.text(exception))
                    + " (the logger throws " + e.getClass().getName() + ")");
        }
    }
}
