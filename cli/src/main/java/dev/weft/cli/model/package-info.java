/**
 * Describes a fetch and its end: targets, limits, phases, outcomes, results; and exit codes, the version and the
 * stopwatch of all commands. Nothing here opens, sends or writes anything.
 */
@NullMarked
package dev.weft.cli.model;

import org.jspecify.annotations.NullMarked;
