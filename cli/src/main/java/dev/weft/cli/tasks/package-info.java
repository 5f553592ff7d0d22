/**
 * Tasks of another process in words, as a table, as JSON, and what looks wrong among them. The dumps come from
 * {@code dev.weft.cli.inspect}.
 */
@NullMarked
package dev.weft.cli.tasks;

import org.jspecify.annotations.NullMarked;
