package dev.weft.jdbc;

import static dev.weft.Weft.timeout;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The snippets of docs/guide/jdbc-and-http-clients.md that need a database. They show what {@code weft-jdbc} does. */
class JdbcGuideTest {

    private static final String ENDLESS = "select count(*) from system_range(1, 1000000) a, system_range(1, 1000000) b";

    private final JdbcDataSource dataSource = new JdbcDataSource();

    @BeforeEach
    void open() {
        dataSource.setURL("jdbc:h2:mem:guide;DB_CLOSE_DELAY=-1");
    }

    /** Stands for a driver whose calls an interrupt does not stop. Called by the database. */
    public static final class Driver {

        private Driver() {}

        public static int answer() {
            try {
                new CountDownLatch(1).await();
                throw new IllegalStateException("nothing counts this down");
            } catch (InterruptedException e) {
                return 42; // goes on as if nothing had happened
            }
        }
    }

    @Test
    void cancellable_stopsTheQueryAndKeepsTheConnection() throws Exception {
        // snippet right
        try (var connection = dataSource.getConnection(); // outside of the limit: the connection is used again
                var query = connection.prepareStatement(ENDLESS)) {
            assertThatThrownBy(() -> timeout(
                            ofMillis(100),
                            () -> WeftJdbc.cancellable(query, () -> {
                                query.executeQuery().close();
                            })))
                    .isInstanceOf(TimeoutException.class);
            assertThat(one(connection)).isEqualTo(1); // still usable
        }
        // end
    }

    @Test
    void dataSource_doesItForEachStatement() throws Exception {
        // snippet dataSource
        var cancellable = CancellableDataSource.of(dataSource); // for JdbcClient, JPA and the like
        try (var connection = cancellable.getConnection();
                var query = connection.prepareStatement(ENDLESS)) {
            assertThatThrownBy(() -> timeout(ofMillis(100), () -> query.executeQuery()))
                    .isInstanceOf(TimeoutException.class);
            assertThat(one(connection)).isEqualTo(1);
        }
        // end
    }

    @Test
    void wrong_theLimitAlone() throws Exception {
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create alias if not exists slow for '" + Driver.class.getName() + ".answer'");
            // snippet wrong
            var answer = timeout(ofMillis(100), () -> {
                var rows = statement.executeQuery("select slow()"); // the driver does not see the interrupt
                rows.next();
                return rows.getInt(1);
            });
            assertThat(answer).isEqualTo(42); // the value has come, late, instead of a TimeoutException
            // end
        }
    }

    private static int one(Connection connection) throws SQLException {
        try (var query = connection.prepareStatement("select 1");
                var rows = query.executeQuery()) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
