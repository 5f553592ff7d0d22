/**
 * Deterministic tests of concurrent code, with no agent and no flag. {@link dev.weft.test.Simulation} runs any Weft
 * program one task at a time on a virtual clock, in the event loop's order or in one drawn from a seed, and finds
 * deadlocks, leaked tasks, lost exceptions and the like.
 */
@NullMarked
package dev.weft.test;

import org.jspecify.annotations.NullMarked;
