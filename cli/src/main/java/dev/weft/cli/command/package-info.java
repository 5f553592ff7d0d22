/**
 * The command line: a class for each command, and one for each group of options.
 * {@link dev.weft.cli.command.Converters} reads the values of options; {@link dev.weft.cli.command.CommandContext}
 * gives a command its streams and its run.
 */
@NullMarked
package dev.weft.cli.command;

import org.jspecify.annotations.NullMarked;
