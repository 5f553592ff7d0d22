/**
 * The tasks of another process as text, as a table and as JSON, with warnings about suspicious ones. The dumps come
 * from {@code dev.weft.cli.inspect}.
 */
@NullMarked
package dev.weft.cli.tasks;

import org.jspecify.annotations.NullMarked;
