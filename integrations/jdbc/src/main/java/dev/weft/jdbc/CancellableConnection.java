package dev.weft.jdbc;

import dev.weft.Weft;
import java.lang.reflect.Method;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * A connection whose statements are cancellable, and whose own calls are not interrupted: many of them talk to the
 * server, which of them do depends on the driver, and the connection is lost if one is broken off.
 */
final class CancellableConnection {

    private CancellableConnection() {}

    static Connection of(Connection connection) {
        return Delegation.proxy(Connection.class, new OfConnection(connection));
    }

    private static final class OfConnection extends Delegation.Wrapping {

        OfConnection(Connection connection) {
            super(connection);
        }

        @Override
        @Nullable
        Object call(Method method, Object @Nullable [] arguments) throws Throwable {
            return uninterrupted(() -> direct(method, arguments));
        }

        @Override
        Object wrapped(Object result, Object proxy) {
            return switch (result) {
                case CallableStatement statement -> wrap(CallableStatement.class, statement, proxy);
                case PreparedStatement statement -> wrap(PreparedStatement.class, statement, proxy);
                case Statement statement -> wrap(Statement.class, statement, proxy);
                case DatabaseMetaData metaData ->
                    Delegation.proxy(DatabaseMetaData.class, new OfMetaData(metaData, proxy));
                default -> result;
            };
        }

        private static <S extends Statement> S wrap(Class<S> type, Statement statement, Object connection) {
            return Delegation.proxy(type, new OfStatement(statement, connection));
        }
    }

    /** Asks the server with statements of its own. */
    private static final class OfMetaData extends Delegation.Wrapping {

        private final Object connection;

        OfMetaData(DatabaseMetaData metaData, Object connection) {
            super(metaData);
            this.connection = connection;
        }

        @Override
        @Nullable
        Object call(Method method, Object @Nullable [] arguments) throws Throwable {
            return uninterrupted(() -> direct(method, arguments));
        }

        @Override
        Object wrapped(Object result, Object proxy) {
            return result instanceof Connection ? connection : result;
        }
    }

    private static final class OfStatement extends Delegation.Wrapping {

        private final Statement statement;
        private final Object connection;

        OfStatement(Statement statement, Object connection) {
            super(statement);
            this.statement = statement;
            this.connection = connection;
        }

        @Override
        @Nullable
        Object call(Method method, Object @Nullable [] arguments) throws Throwable {
            if (method.getName().startsWith("execute")) {
                return execute(method, arguments);
            }
            if (method.getName().equals("close")) {
                return uninterrupted(() -> direct(method, arguments));
            }
            return direct(method, arguments);
        }

        private @Nullable Object execute(Method method, Object @Nullable [] arguments) throws SQLException {
            try {
                return WeftJdbc.<@Nullable Object>cancellable(statement, () -> sql(() -> direct(method, arguments)));
            } catch (InterruptedException e) {
                throw Interrupted.of("the statement", e);
            }
        }

        @Override
        Object wrapped(Object result, Object proxy) {
            return result instanceof Connection ? connection : result;
        }
    }

    private interface Call {
        @Nullable
        Object run() throws Throwable;
    }

    private static @Nullable Object sql(Call call) throws SQLException {
        try {
            return call.run();
        } catch (SQLException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new SQLException(e);
        }
    }

    private static @Nullable Object uninterrupted(Call call) throws Exception {
        return Weft.<@Nullable Object, Exception>uninterrupted(() -> {
            try {
                return call.run();
            } catch (Exception | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new LinkageError("a JDBC driver threw " + e.getClass().getName(), e);
            }
        });
    }
}
