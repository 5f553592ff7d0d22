package dev.weft.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Body;
import dev.weft.Weft;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are cancelled at any moment, on a pool of ten; {@code -Dweft.storm=10000} for more of them. */
final class CancelStormTest {

    private static final int REQUESTS = Integer.getInteger("weft.storm", 1_000);
    private static final int AT_ONCE = 50;
    private static final int POOL = 10;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void v4_stormOfCancelsNeitherExhaustsNorBreaksThePool(boolean isWrapped) throws Exception {
        var random = new Random(17);
        var broken = new ConcurrentLinkedQueue<Throwable>();
        var cancelled = new AtomicInteger();
        try (var pool = Postgres.pool(POOL)) {
            var source = isWrapped ? CancellableDataSource.of(pool) : pool;
            var limits = random.ints(REQUESTS, 0, 20).boxed().toList();
            Weft.mapConcurrent(limits, AT_ONCE, limit -> {
                try {
                    Weft.timeout(
                            Duration.ofMillis(limit), () -> Weft.gather(List.of(request(source, isWrapped, broken))));
                } catch (TimeoutException e) {
                    cancelled.incrementAndGet();
                }
                return limit;
            });

            assertThat(broken).isEmpty();
            assertThat(cancelled).hasPositiveValue();
            var all = new ArrayList<Connection>();
            try {
                for (var i = 0; i < POOL; i++) {
                    var connection = pool.getConnection();
                    all.add(connection);
                    assertThat(Postgres.number(connection, "select 1")).isOne();
                }
                assertThat(Postgres.running(all.getFirst(), "pg_sleep")).isZero();
            } finally {
                for (var connection : all) {
                    connection.close();
                }
            }
        }
    }

    /** Takes a connection, which must work, and waits in the database. */
    private static Body<Integer, Exception> request(DataSource source, boolean isWrapped, Queue<Throwable> broken) {
        return () -> {
            try (var connection = source.getConnection();
                    var statement = connection.createStatement()) {
                Body<Integer, SQLException> query = () -> {
                    statement.execute("select pg_sleep(0.01)");
                    return 1;
                };
                return isWrapped ? query.run() : WeftJdbc.cancellable(statement, query);
            } catch (SQLException e) {
                if (!isCancel(e)) {
                    broken.add(e);
                }
                throw e;
            }
        };
    }

    private static boolean isCancel(SQLException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof InterruptedException || cause instanceof java.io.InterruptedIOException) {
                return true;
            }
        }
        return false;
    }
}
