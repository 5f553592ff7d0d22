/**
 * The program {@code weft}. {@link dev.weft.cli.Main} starts it; {@link dev.weft.cli.Program} reads the command line
 * and runs a class of {@code dev.weft.cli.command}. {@code LayersTest} checks which package may use which.
 */
@NullMarked
package dev.weft.cli;

import org.jspecify.annotations.NullMarked;
