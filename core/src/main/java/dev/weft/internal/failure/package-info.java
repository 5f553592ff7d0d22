/**
 * The meaning of exceptions: in which ones an interrupt surfaces, which stand for another, how they are written. Asks
 * users' objects, which may throw, and knows nothing of tasks.
 */
@NullMarked
package dev.weft.internal.failure;

import org.jspecify.annotations.NullMarked;
