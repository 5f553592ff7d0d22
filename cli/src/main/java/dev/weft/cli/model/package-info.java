/** The values of a fetch: targets, limits, phases, outcomes, results. Nothing here opens, sends or writes anything. */
@NullMarked
package dev.weft.cli.model;

import org.jspecify.annotations.NullMarked;
