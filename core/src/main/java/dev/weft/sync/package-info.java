/**
 * The primitives by which tasks cooperate: locks, events, conditions, semaphores, barriers and queues with asyncio's
 * semantics, and limiters, {@code retry} and {@code hedge} on Weft's own clock.
 *
 * <p>All of it works on any thread and every runtime: on the event loop only the waiting task is suspended, and time
 * comes from the current runtime. All of it is strictly fair: the longest waiter is served first, and nobody is served
 * before an earlier waiter. A waiter that is cancelled or timed out leaves nothing behind; the next waiter gets the
 * thing that was on its way to it. To wait for a limited time put the call into
 * {@link dev.weft.Weft#timeout(java.time.Duration, dev.weft.Body) timeout}.
 *
 * <p>Every call that may wait is a cancellation point, whether it has to wait or not. Actions of a thread before it
 * released, set, put or arrived are visible to the thread that it lets go on.
 *
 * <p>A null argument is answered with a {@link NullPointerException} that names the parameter.
 */
@NullMarked
package dev.weft.sync;

import org.jspecify.annotations.NullMarked;
