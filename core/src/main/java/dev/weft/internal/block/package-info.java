/** Blocks on the caller's own thread, and single waits. */
@NullMarked
package dev.weft.internal.block;

import org.jspecify.annotations.NullMarked;
