/** Looks at all that runs, from the top down, and writes down who waits for whom. */
@NullMarked
package dev.weft.internal.dump;

import org.jspecify.annotations.NullMarked;
