package dev.weft.jdbc;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Makes a data source whose statements a time limit or a cancel stops as {@link WeftJdbc#cancellable} does, without a
 * call around each query: for code that does not see its statements, as with Spring's {@code JdbcClient} or JPA.
 *
 * <ul>
 *   <li>Every {@code execute…} of a statement is cancelled in the database. It throws an {@link java.sql.SQLException}
 *       of SQL state 57014, whose causes say that it was interrupted, so that blocks of Weft know their own: a limit
 *       around the query throws its {@code TimeoutException}, also where a framework has wrapped the exception in one
 *       of its own.
 *   <li>A wait for a connection of a pool that is interrupted ends in such an exception too.
 *   <li>The calls of the connection itself ({@code commit}, {@code rollback}, {@code close}, {@code setAutoCommit} and
 *       all others), and of its metadata, are {@linkplain dev.weft.Weft#uninterrupted(dev.weft.Body) not interrupted}:
 *       a cancel waits for them.
 *   <li>Reading rows is not wrapped. Where the driver fetches them bit by bit, as with a fetch size, read them within
 *       {@link WeftJdbc#cancellable}, with {@code Weft.sleep(Duration.ZERO)} for each row.
 * </ul>
 *
 * <p>{@code unwrap} and {@code isWrapperFor} reach the data source within.
 *
 * @since 0.1.0
 */
public final class CancellableDataSource {

    private CancellableDataSource() {}

    /**
     * Returns {@code dataSource} with cancellable statements; itself if it is made by this method.
     *
     * <p><b>Blocking:</b> never. <b>Cancellation:</b> never a cancellation point. Its {@code getConnection} blocks, and
     * is cancelled, as that of {@code dataSource} is.
     *
     * @param dataSource a pool, or a driver's own
     * @return a data source whose connections are those of {@code dataSource}
     */
    public static DataSource of(DataSource dataSource) {
        Objects.requireNonNull(dataSource, "dataSource");
        if (Proxy.isProxyClass(dataSource.getClass())
                && Proxy.getInvocationHandler(dataSource) instanceof Delegation.Wrapping) {
            return dataSource;
        }
        return Delegation.proxy(DataSource.class, new Delegation.Wrapping(dataSource) {
            @Override
            @Nullable
            Object call(Method method, Object @Nullable [] arguments) throws Throwable {
                try {
                    return direct(method, arguments);
                } catch (SQLException e) {
                    throw Interrupted.within(e) ? Interrupted.of("the wait for a connection", e) : e;
                }
            }

            @Override
            Object wrapped(Object result, Object proxy) {
                return result instanceof Connection connection ? CancellableConnection.of(connection) : result;
            }
        });
    }
}
