package dev.weft.jdbc;

import dev.weft.Weft;
import java.lang.reflect.Method;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A connection whose statements are cancellable, and whose own calls are not interrupted. */
final class CancellableConnection {

    /** They may talk to the server and leave the connection in an unknown state if they are broken off. */
    private static final Set<String> UNINTERRUPTED = Set.of(
            "commit",
            "rollback",
            "close",
            "setAutoCommit",
            "setReadOnly",
            "setTransactionIsolation",
            "setSchema",
            "setCatalog",
            "setSavepoint",
            "releaseSavepoint",
            "isValid");

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
            return UNINTERRUPTED.contains(method.getName())
                    ? Weft.uninterrupted(() -> sneaky(method, arguments))
                    : direct(method, arguments);
        }

        private @Nullable Object sneaky(Method method, Object @Nullable [] arguments) throws Exception {
            return unchecked(() -> direct(method, arguments));
        }

        @Override
        Object wrapped(Object result, Object proxy) {
            return switch (result) {
                case CallableStatement statement -> wrap(CallableStatement.class, statement, proxy);
                case PreparedStatement statement -> wrap(PreparedStatement.class, statement, proxy);
                case Statement statement -> wrap(Statement.class, statement, proxy);
                default -> result;
            };
        }

        private static <S extends Statement> S wrap(Class<S> type, Statement statement, Object connection) {
            return Delegation.proxy(type, new OfStatement(statement, connection));
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
                return Weft.uninterrupted(() -> unchecked(() -> direct(method, arguments)));
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

    private static @Nullable Object unchecked(Call call) throws Exception {
        try {
            return call.run();
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new LinkageError("a JDBC driver threw " + e.getClass().getName(), e);
        }
    }
}
