/** Events for the JDK's flight recorder. */
@NullMarked
package dev.weft.cluster.internal.flight;

import org.jspecify.annotations.NullMarked;
