/**
 * The seam between Weft's constructs and what runs them: {@link dev.weft.internal.runtime.Scheduler} starts, parks and
 * unparks {@link dev.weft.internal.runtime.Strand}s, tells the time and keeps timers; constructs outside of the tasks'
 * own package wait through {@link dev.weft.internal.runtime.WaitingStrand}. Nothing here knows of tasks or
 * cancellation. Exported to Weft's own test kit only.
 */
@NullMarked
package dev.weft.internal.runtime;

import org.jspecify.annotations.NullMarked;
