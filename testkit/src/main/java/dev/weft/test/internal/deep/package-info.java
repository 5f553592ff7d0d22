/** What a deep simulation needs of the JDK: its timers, its monitors, and what its threads wait for. */
@NullMarked
package dev.weft.test.internal.deep;

import org.jspecify.annotations.NullMarked;
