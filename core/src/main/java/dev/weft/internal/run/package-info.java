/** A run: main, its background tasks, the process's signals, and the watch over an event loop's turns. */
@NullMarked
package dev.weft.internal.run;

import org.jspecify.annotations.NullMarked;
