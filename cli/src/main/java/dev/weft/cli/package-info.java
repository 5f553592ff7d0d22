/**
 * The program {@code weft}. {@link dev.weft.cli.Main} starts it, {@link dev.weft.cli.Program} reads the command line
 * and hands it to a class in {@code dev.weft.cli.command}. Which packages may use which, {@code LayersTest} says.
 */
@NullMarked
package dev.weft.cli;

import org.jspecify.annotations.NullMarked;
