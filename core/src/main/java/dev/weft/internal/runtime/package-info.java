/**
 * The seam between Weft's constructs and what runs them: {@link dev.weft.internal.runtime.Scheduler} starts, parks and
 * unparks {@link dev.weft.internal.runtime.Strand}s, tells the time and keeps timers. Nothing here knows of tasks or
 * cancellation. Exported to Weft's own test kit only.
 */
@NullMarked
package dev.weft.internal.runtime;

import org.jspecify.annotations.NullMarked;
