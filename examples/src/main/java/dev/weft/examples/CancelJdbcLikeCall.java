package dev.weft.examples;

import static dev.weft.Weft.*;
import static java.time.Duration.ofMillis;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/**
 * A call that no interrupt stops, as with many a JDBC driver: it is stopped by its own cancel method, called from
 * another thread.
 */
public final class CancelJdbcLikeCall {

    /**
     * The result of the statement, unless that takes too long.
     *
     * @throws SQLException as the driver says
     * @throws TimeoutException if it took too long; the driver's exception is found in its causes
     */
    static String query(Statement statement, Duration limit)
            throws SQLException, TimeoutException, InterruptedException {
        return timeout(limit, () -> onCancel(() -> statement.cancel(), () -> statement.execute()));
    }

    public static void main(String... args) throws Exception {
        try {
            IO.println(query(new Statement(), ofMillis(300)));
        } catch (TimeoutException e) {
            IO.println("No answer: the " + e.getMessage());
        }
    }

    /** Stands for a driver's statement. */
    static final class Statement {

        private final CompletableFuture<String> rows = new CompletableFuture<>();

        String execute() throws SQLException {
            try {
                return rows.join(); // an interrupt does not end this
            } catch (CancellationException e) {
                throw new SQLException("statement was cancelled", e);
            }
        }

        void cancel() {
            rows.cancel(false);
        }

        void complete(String answer) {
            rows.complete(answer);
        }
    }
}
