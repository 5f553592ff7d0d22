package dev.weft.jdbc;

import dev.weft.Body;
import dev.weft.VoidBody;
import dev.weft.Weft;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Lets a time limit or a cancel stop a database query in an orderly way: by {@link Statement#cancel()}, instead of by
 * an interrupt, which closes the connection of a virtual thread and is not seen at all on a platform thread.
 *
 * <pre>{@code
 * try (var connection = dataSource.getConnection();
 *         var query = connection.prepareStatement("select …")) {
 *     return Weft.timeout(Duration.ofMillis(100), () -> WeftJdbc.cancellable(query, () -> {
 *         try (var rows = query.executeQuery()) {
 *             …
 *         }
 *     }));
 * }
 * }</pre>
 *
 * @since 0.1.0
 */
public final class WeftJdbc {

    private WeftJdbc() {}

    /**
     * Runs {@code body}, which executes {@code statement}; cancels the statement when the caller is cancelled or a
     * limit around this call has passed. After this call has returned no cancel of its own is under way, so that the
     * connection can be used again at once.
     *
     * <p>The cancel is repeated for a second while the body goes on, because a driver ignores one that comes before the
     * statement is executed. If the body goes on even then, it is interrupted after another second.
     *
     * <p>A driver may ignore a cancel while it fetches more rows, as pgjdbc does with a fetch size. A loop over rows
     * that are fetched bit by bit should call {@code Weft.sleep(Duration.ZERO)} for each: it ends there at once.
     *
     * <p><b>Blocking:</b> as the body does. <b>Cancellation:</b> a cancellation point as the body is. The driver's
     * exception for the cancel is the cause of the {@link dev.weft.CancelledException}.
     *
     * @param <T> the type of the result
     * @param statement executed by the body, and by nothing else meanwhile
     * @param body executes the statement and reads its rows
     * @return what the body returned
     * @throws SQLException what the body threw, if it was not cancelled
     * @throws InterruptedException if the caller was cancelled or interrupted
     */
    public static <T extends @Nullable Object> T cancellable(Statement statement, Body<T, SQLException> body)
            throws SQLException, InterruptedException {
        Objects.requireNonNull(statement, "statement");
        Objects.requireNonNull(body, "body");
        var cancelling = new RepeatedCancel(statement);
        return Weft.<T, SQLException>onCancel(cancelling::run, () -> {
            try {
                return body.run();
            } finally {
                cancelling.end();
            }
        });
    }

    /**
     * {@link #cancellable(Statement, Body)} for a body without a result.
     *
     * @param statement executed by the body, and by nothing else meanwhile
     * @param body executes the statement
     * @throws SQLException what the body threw, if it was not cancelled
     * @throws InterruptedException if the caller was cancelled or interrupted
     */
    public static void cancellable(Statement statement, VoidBody<SQLException> body)
            throws SQLException, InterruptedException {
        Objects.requireNonNull(body, "body");
        WeftJdbc.<@Nullable Void>cancellable(statement, () -> {
            body.execute();
            return null;
        });
    }
}
