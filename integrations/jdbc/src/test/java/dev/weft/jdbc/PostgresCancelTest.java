package dev.weft.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.weft.Body;
import dev.weft.Weft;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** A query of a minute under a limit of 100 ms, a hundred times for each way that the documents recommend. */
final class PostgresCancelTest {

    private static final int CALLS = 100;
    private static final int AT_ONCE = 20;
    private static final Duration LIMIT = Duration.ofMillis(100);
    private static final String SLEEP = "select pg_sleep(60) /* cancelled */";

    private static DataSource pool;

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    enum Way {
        STATEMENT_ON_A_PLATFORM_THREAD(Thread.ofPlatform().factory(), false),
        STATEMENT_ON_A_VIRTUAL_THREAD(Thread.ofVirtual().factory(), false),
        STATEMENT_IN_A_TASK(Thread.ofPlatform().factory(), false),
        STATEMENT_IN_A_CANCELLED_TASK(Thread.ofVirtual().factory(), false),
        DATA_SOURCE_ON_A_PLATFORM_THREAD(Thread.ofPlatform().factory(), true),
        DATA_SOURCE_ON_A_VIRTUAL_THREAD(Thread.ofVirtual().factory(), true),
        DATA_SOURCE_IN_A_TASK(Thread.ofPlatform().factory(), true);

        private final ThreadFactory threads;
        private final boolean isWrapped;

        Way(ThreadFactory threads, boolean isWrapped) {
            this.threads = threads;
            this.isWrapped = isWrapped;
        }

        /** Ends by a {@link TimeoutException}. */
        void run(Connection connection) throws Exception {
            switch (this) {
                case STATEMENT_ON_A_PLATFORM_THREAD, STATEMENT_ON_A_VIRTUAL_THREAD ->
                    Weft.timeout(LIMIT, () -> cancellable(connection));
                case STATEMENT_IN_A_TASK ->
                    Weft.timeout(LIMIT, () -> Weft.gather(List.of(body(() -> cancellable(connection)))));
                case STATEMENT_IN_A_CANCELLED_TASK ->
                    Weft.timeout(
                            LIMIT,
                            () -> Weft.gather(
                                    body(() -> cancellable(connection)), body(() -> Weft.sleep(Weft.FOREVER, 0))));
                case DATA_SOURCE_ON_A_PLATFORM_THREAD, DATA_SOURCE_ON_A_VIRTUAL_THREAD ->
                    Weft.timeout(LIMIT, () -> plain(connection));
                case DATA_SOURCE_IN_A_TASK ->
                    Weft.timeout(LIMIT, () -> Weft.gather(List.of(body(() -> plain(connection)))));
            }
        }

        private static Body<Integer, Exception> body(Callable<Integer> work) {
            return Body.of(work);
        }

        private static int cancellable(Connection connection) throws SQLException, InterruptedException {
            try (var statement = connection.createStatement()) {
                return WeftJdbc.cancellable(statement, () -> {
                    statement.execute(SLEEP);
                    return 1;
                });
            }
        }

        private static int plain(Connection connection) throws SQLException {
            try (var statement = connection.createStatement()) {
                statement.execute(SLEEP);
                return 1;
            }
        }
    }

    @BeforeAll
    static void open() {
        pool = Postgres.pool(AT_ONCE + 1);
    }

    @AfterAll
    static void close() throws Exception {
        ((AutoCloseable) pool).close();
    }

    @BeforeEach
    void record() {
        log.start();
        root().setLevel(Level.INFO);
        root().addAppender(log);
    }

    @AfterEach
    void stop() {
        root().detachAppender(log);
        root().setLevel(Level.OFF);
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void v4_cancelledQueryLeavesItsConnectionAndNothingOnTheServer(Way way) throws Exception {
        var source = way.isWrapped ? CancellableDataSource.of(pool) : pool;
        var calls = new ArrayList<Future<?>>();
        try (var caller = Executors.newFixedThreadPool(AT_ONCE, way.threads)) {
            for (var i = 0; i < CALLS; i++) {
                calls.add(caller.submit(() -> {
                    once(way, source);
                    return null;
                }));
            }
        }
        for (var call : calls) {
            call.get();
        }
        assertThat(log.list).isEmpty();
    }

    private static void once(Way way, DataSource source) throws Exception {
        try (var connection = source.getConnection()) {
            var before = Postgres.backend(connection);
            assertThatThrownBy(() -> way.run(connection)).isInstanceOf(TimeoutException.class);
            assertThat(Postgres.backend(connection)).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void v4_nothingRunsOnTheServerWhenTheCallHasReturned(Way way) throws Exception {
        var source = way.isWrapped ? CancellableDataSource.of(pool) : pool;
        try (var caller = Executors.newThreadPerTaskExecutor(way.threads);
                var watch = pool.getConnection()) {
            caller.submit(() -> {
                        once(way, source);
                        return null;
                    })
                    .get();
            assertThat(Postgres.running(watch, "pg_sleep(60)")).isZero();
        }
    }
}
