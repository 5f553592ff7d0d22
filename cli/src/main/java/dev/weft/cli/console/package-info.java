/**
 * The program's own streams and the terminal: what is read from and written to, in which colours and how wide. A run
 * writes through {@link dev.weft.cli.console.Output}, what is no run through {@link dev.weft.cli.console.Diagnostics}.
 */
@NullMarked
package dev.weft.cli.console;

import org.jspecify.annotations.NullMarked;
