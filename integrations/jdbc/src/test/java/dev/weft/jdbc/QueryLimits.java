package dev.weft.jdbc;

import dev.weft.Body;
import dev.weft.Weft;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Measures what a limit of 100 ms does to a query of 3 s, for the table in docs/service.md. Run by name only. */
final class QueryLimits {

    private static final Duration LIMIT = Duration.ofMillis(100);
    private static final int CALLS = 20;

    private interface Way {
        void run(Connection connection) throws Exception;
    }

    private record Call(boolean isTimeout, boolean isUsable, int running, double millis) {}

    @Test
    void measure() throws Exception {
        var platform = Thread.ofPlatform().factory();
        var virtual = Thread.ofVirtual().factory();
        print("platform thread, timeout(query)", platform, c -> Weft.timeout(LIMIT, () -> query(c)));
        print("virtual thread, timeout(query)", virtual, c -> Weft.timeout(LIMIT, () -> query(c)));
        print(
                "timeout(gather(query))",
                platform,
                c -> Weft.timeout(LIMIT, () -> Weft.gather(List.of(task(() -> query(c))))));
        print(
                "timeout(abandonOnCancel(query))",
                virtual,
                c -> Weft.timeout(LIMIT, () -> Weft.abandonOnCancel(() -> query(c))));
        print("platform thread, cancellable", platform, c -> Weft.timeout(LIMIT, () -> cancellable(c)));
        print("virtual thread, cancellable", virtual, c -> Weft.timeout(LIMIT, () -> cancellable(c)));
        print(
                "task, cancellable",
                platform,
                c -> Weft.timeout(LIMIT, () -> Weft.gather(List.of(task(() -> cancellable(c))))));
    }

    private static Body<Integer, Exception> task(Callable<Integer> body) {
        return Body.of(body);
    }

    private static int query(Connection connection) throws SQLException {
        return Postgres.number(connection, "select 1 from pg_sleep(3)");
    }

    private static int cancellable(Connection connection) throws SQLException, InterruptedException {
        try (var statement = connection.createStatement()) {
            return WeftJdbc.cancellable(statement, () -> {
                statement.execute("select 1 from pg_sleep(3)");
                return 1;
            });
        }
    }

    private static void print(String name, ThreadFactory threads, Way way) throws Exception {
        var calls = new ArrayList<Future<Call>>();
        try (var pool = Postgres.pool(CALLS + CALLS);
                var callers = Executors.newFixedThreadPool(CALLS, threads)) {
            for (var i = 0; i < CALLS; i++) {
                calls.add(callers.submit(() -> call(pool.getConnection(), pool.getConnection(), way)));
            }
            for (var each : calls) {
                each.get();
            }
        }
        var done = calls.stream().map(Future::resultNow).toList();
        var millis = done.stream().mapToDouble(Call::millis).sorted().toArray();
        System.out.printf(
                Locale.ROOT,
                "%-34s %d calls, %d timed out, %d connections usable, %d queries running 100 ms later, median %.0f"
                        + " ms%n",
                name,
                CALLS,
                done.stream().filter(Call::isTimeout).count(),
                done.stream().filter(Call::isUsable).count(),
                done.stream().mapToInt(Call::running).sum(),
                millis[CALLS / 2]);
    }

    private static Call call(Connection connection, Connection watch, Way way) throws Exception {
        try (connection;
                watch) {
            var backend = Postgres.backend(connection);
            var begin = System.nanoTime();
            var isTimeout = false;
            try {
                way.run(connection);
            } catch (TimeoutException e) {
                isTimeout = true;
            } catch (SQLException e) {
                System.out.println(Arrays.asList(e.getSQLState(), e.getMessage()));
            }
            var millis = (System.nanoTime() - begin) / 1e6;
            Thread.sleep(100);
            var running = Postgres.number(
                    watch,
                    "select count(*) from pg_stat_activity where state = 'active' and query like '%pg_sleep(3)%' and"
                            + " pid = "
                            + backend);
            return new Call(isTimeout, isUsable(connection, backend), running, millis);
        }
    }

    private static boolean isUsable(Connection connection, int backend) {
        try {
            connection.setNetworkTimeout(Runnable::run, 1_000);
            return Postgres.backend(connection) == backend;
        } catch (SQLException e) {
            return false;
        }
    }
}
