/**
 * The command lines: a class for each command and for each group of options of {@code weft fetch}.
 * {@link dev.weft.cli.command.Converters} reads the values of options, {@link dev.weft.cli.command.CommandContext} is
 * what a command gets of the program.
 */
@NullMarked
package dev.weft.cli.command;

import org.jspecify.annotations.NullMarked;
