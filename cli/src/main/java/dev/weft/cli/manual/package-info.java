/** What the command line says about itself: as completions for shells, and as pages for {@code man}. */
@NullMarked
package dev.weft.cli.manual;

import org.jspecify.annotations.NullMarked;
