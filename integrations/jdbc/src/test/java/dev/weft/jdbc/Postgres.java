package dev.weft.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;

/** One PostgreSQL server for all tests of this process; {@code -Dweft.postgres.url=jdbc:…} takes another. */
final class Postgres {

    private static final String URL = url();

    private Postgres() {}

    @SuppressWarnings("resource") // closed by its own shutdown hook
    private static String url() {
        var given = System.getProperty("weft.postgres.url", "");
        if (!given.isEmpty()) {
            return given;
        }
        try {
            return EmbeddedPostgres.builder()
                    .setServerConfig("max_connections", "100")
                    .start()
                    .getJdbcUrl("postgres", "postgres");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static HikariDataSource pool(int size) {
        var config = new HikariConfig();
        config.setJdbcUrl(URL);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(size);
        config.setConnectionTimeout(60_000);
        return new HikariDataSource(config);
    }

    static int backend(Connection connection) throws SQLException {
        return number(connection, "select pg_backend_pid()");
    }

    static int number(Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    /** The number of queries with {@code mark} in their text that the server works on now. */
    static int running(Connection connection, String mark) throws SQLException {
        return number(
                connection,
                "select count(*) from pg_stat_activity where state = 'active' and pid <> pg_backend_pid() and query"
                        + " like '%"
                        + mark + "%'");
    }
}
