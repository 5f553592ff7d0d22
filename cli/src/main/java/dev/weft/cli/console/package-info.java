/**
 * The streams of the process and the terminal. {@link dev.weft.cli.console.Output} writes results in the background,
 * without holding up a run; {@link dev.weft.cli.console.Diagnostics} writes a line on standard error at once.
 */
@NullMarked
package dev.weft.cli.console;

import org.jspecify.annotations.NullMarked;
