package dev.weft.jdbc;

import java.io.InterruptedIOException;
import java.sql.SQLException;

/**
 * Exceptions that say that they are an interrupt's, in the one way that is seen within the exceptions of frameworks.
 */
final class Interrupted {

    private static final String QUERY_CANCELED = "57014";
    private static final int MAX_CAUSES = 16;

    private Interrupted() {}

    static boolean within(SQLException thrown) {
        Throwable cause = thrown;
        for (var i = 0; cause != null && i < MAX_CAUSES; i++) {
            if (cause instanceof InterruptedException) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    static SQLException of(String what, Throwable cause) {
        var interrupted = new InterruptedIOException(what + " was cancelled");
        interrupted.initCause(cause);
        return new SQLException(what + " was cancelled: " + cause.getMessage(), QUERY_CANCELED, interrupted);
    }
}
