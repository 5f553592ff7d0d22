package dev.weft.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Body;
import dev.weft.Outcome;
import dev.weft.Weft;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a wrapped connection does beside {@code execute…}. */
final class CancellableDataSourceTest {

    private final List<String> interrupted = new ArrayList<>();
    private final DataSource driver = fake(DataSource.class);

    /** A driver that says which of its calls run with an interrupt pending: a socket would be closed by it. */
    private <T> T fake(Class<T> type) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (Thread.currentThread().isInterrupted()) {
                interrupted.add(method.getName());
            }
            var result = method.getReturnType();
            if (result == Connection.class || result == DatabaseMetaData.class || result == Statement.class) {
                return fake(result);
            }
            return result == int.class ? (Object) 0 : result == boolean.class ? (Object) false : null;
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @Test
    void v4_callsAboutTheConnectionAreNotInterrupted() throws Exception {
        var connection = CancellableDataSource.of(driver).getConnection();
        var outcome = Weft.settle(Body.of(() -> {
                    Weft.currentTask().ifPresent(task -> task.cancel("before the calls"));
                    assertThat(Thread.currentThread().isInterrupted()).isTrue();
                    connection.getTransactionIsolation();
                    connection.getSchema();
                    connection.setClientInfo("ApplicationName", "shop");
                    connection.getMetaData().getTables(null, null, "orders", null);
                    connection.createStatement().close();
                    connection.commit();
                    connection.close();
                    return "done";
                }))
                .getFirst();
        assertThat(outcome).isInstanceOf(Outcome.Cancelled.class);
        assertThat(interrupted).isEmpty();
    }

    @Test
    void metaDataLeadsToTheWrappedConnection() throws SQLException {
        var connection = CancellableDataSource.of(driver).getConnection();
        assertThat(connection.getMetaData().getConnection()).isSameAs(connection);
    }

    /** A driver's cancel does not reach a fetch of more rows, so the loop asks. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void v4_rowsThatAreFetchedBitByBit_areLeftBetweenTwoFetches(boolean isVirtual) throws Exception {
        try (var pool = Postgres.pool(1);
                var connection = pool.getConnection()) {
            var backend = Postgres.backend(connection);
            connection.setAutoCommit(false);
            var call = new FutureTask<>(() -> {
                try (var statement = connection.createStatement()) {
                    statement.setFetchSize(1);
                    return Weft.timeout(
                            Duration.ofMillis(100), () -> WeftJdbc.cancellable(statement, () -> count(statement)));
                }
            });
            (isVirtual ? Thread.ofVirtual() : Thread.ofPlatform()).start(call);
            assertThatThrownBy(call::get).hasCauseInstanceOf(TimeoutException.class);
            connection.rollback();
            assertThat(Postgres.backend(connection)).isEqualTo(backend);
        }
    }

    private static int count(Statement statement) throws SQLException, InterruptedException {
        var count = 0;
        try (var rows = statement.executeQuery("select pg_sleep(0.01) from generate_series(1, 1000000)")) {
            while (rows.next()) {
                Weft.sleep(Duration.ZERO);
                count++;
            }
        }
        return count;
    }
}
