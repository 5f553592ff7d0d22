/** Blocks on the caller's own thread, and single waits: what {@code BlockCalls} and a part of {@code TaskCalls} do. */
@NullMarked
package dev.weft.internal.block;

import org.jspecify.annotations.NullMarked;
