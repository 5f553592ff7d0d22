/** The command line's description of itself: as completions for shells, and as pages for {@code man}. */
@NullMarked
package dev.weft.cli.manual;

import org.jspecify.annotations.NullMarked;
