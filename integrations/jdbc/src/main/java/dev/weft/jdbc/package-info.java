/**
 * Cancels database queries without losing their connections: {@link dev.weft.jdbc.WeftJdbc#cancellable} for a statement
 * at hand, {@link dev.weft.jdbc.CancellableDataSource} for all statements of a data source.
 */
@NullMarked
package dev.weft.jdbc;

import org.jspecify.annotations.NullMarked;
