/**
 * The seam between Weft's constructs and what runs them: {@link dev.weft.runtime.Scheduler} starts, parks and unparks
 * {@link dev.weft.runtime.Strand}s, tells the time and keeps timers; constructs outside of the tasks' own package wait
 * through {@link dev.weft.runtime.WaitingStrand}. Nothing here knows of tasks or cancellation. Exported to Weft's own
 * test kit only.
 */
@NullMarked
package dev.weft.runtime;

import org.jspecify.annotations.NullMarked;
