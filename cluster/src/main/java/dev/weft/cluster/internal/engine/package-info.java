/** Placement, credits, sessions and outcomes of calls, whatever carries the frames. */
@NullMarked
package dev.weft.cluster.internal.engine;

import org.jspecify.annotations.NullMarked;
