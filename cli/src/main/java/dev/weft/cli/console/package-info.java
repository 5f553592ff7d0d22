/**
 * The streams of the process and the terminal. A run writes through {@link dev.weft.cli.console.Output}, everything
 * else through {@link dev.weft.cli.console.Diagnostics}.
 */
@NullMarked
package dev.weft.cli.console;

import org.jspecify.annotations.NullMarked;
