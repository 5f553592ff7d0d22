/**
 * The events that Weft gives the flight recorder. Knows nothing of tasks but their numbers and names, and is the one
 * package that needs the module {@code jdk.jfr}: where that is missing, only {@link dev.weft.internal.flight.Flight} is
 * loaded.
 */
@NullMarked
package dev.weft.internal.flight;

import org.jspecify.annotations.NullMarked;
