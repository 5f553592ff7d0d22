/** The parts of the JDK that a deep simulation needs: timers, monitors, and the waits of threads. */
@NullMarked
package dev.weft.test.internal.deep;

import org.jspecify.annotations.NullMarked;
