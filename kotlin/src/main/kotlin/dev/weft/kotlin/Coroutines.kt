package dev.weft.kotlin

import dev.weft.ContextPropagator
import dev.weft.Task
import java.util.concurrent.TimeoutException
import kotlin.coroutines.CoroutineContext
import kotlin.coroutines.EmptyCoroutineContext
import kotlin.coroutines.resume
import kotlin.time.Duration
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.ThreadContextElement
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.suspendCancellableCoroutine
import kotlinx.coroutines.withContext
import kotlinx.coroutines.withTimeoutOrNull

/**
 * Suspends until this task has ended, and returns its result. Blocks no thread.
 *
 * **Cancellation:** a coroutine that is cancelled meanwhile cancels the task, as [Task.await] does, and goes on when the
 * task has ended.
 *
 * @throws Throwable what the task threw
 * @throws CancellationException if the task was cancelled, or the coroutine was
 * @since 0.1.0
 */
public suspend fun <T> Task<T>.awaitSuspending(): T {
    try {
        join()
    } catch (e: CancellationException) {
        cancel("the coroutine that awaits it was cancelled")
        withContext(NonCancellable) { join() }
        throw e
    }
    return result()
}

/** Suspends until this task has ended, whatever came of it. */
private suspend fun Task<*>.join() {
    suspendCancellableCoroutine { waiter ->
        val registration = onDone { waiter.resume(Unit) }
        waiter.invokeOnCancellation { registration.close() }
    }
}

/**
 * Runs suspending code in a task, on the task's own thread: thread-locals and Weft's calls are the task's as long as the
 * code does not change its dispatcher.
 *
 * **Blocking:** until the block and all coroutines that it has launched have ended; other tasks of an event loop run
 * meanwhile. **Cancellation:** always a cancellation point: a cancel of the task, or of a block around this call, cancels
 * the coroutine, and this call ends when its clean-up has.
 *
 * @param context elements to add, such as a dispatcher or `propagator.asContextElement()`
 * @since 0.1.0
 */
public fun <T> suspending(
    context: CoroutineContext = EmptyCoroutineContext,
    block: suspend CoroutineScope.() -> T,
): T = blocking { runBlocking(context, block) }

/**
 * Runs [block] under a time limit in a coroutine. Unlike [kotlinx.coroutines.withTimeout] it throws a [TimeoutException],
 * which is a failure, and not a cancellation that ends the enclosing coroutine without a word.
 *
 * **Cancellation:** as the block.
 *
 * @throws TimeoutException if the limit has passed; the block has ended then
 * @since 0.1.0
 */
public suspend fun <T> CoroutineScope.timeout(limit: Duration, block: suspend CoroutineScope.() -> T): T {
    class Result(val value: T)
    val result = withTimeoutOrNull(limit) { Result(block()) } ?: throw TimeoutException("timed out after $limit")
    return result.value
}

/**
 * The context that this propagator captures on the calling thread now, as a context element: it is restored on each thread
 * while the coroutine runs there.
 *
 * @since 0.1.0
 */
public fun ContextPropagator.asContextElement(): ThreadContextElement<*> = Propagated(capture())

private class Propagated(private val snapshot: ContextPropagator.Snapshot) : ThreadContextElement<ContextPropagator.Restored> {

    private class Key(private val snapshot: ContextPropagator.Snapshot) : CoroutineContext.Key<Propagated> {
        override fun equals(other: Any?): Boolean = other is Key && other.snapshot === snapshot

        override fun hashCode(): Int = System.identityHashCode(snapshot)
    }

    override val key: CoroutineContext.Key<*> = Key(snapshot)

    override fun updateThreadContext(context: CoroutineContext): ContextPropagator.Restored = snapshot.restore()

    override fun restoreThreadContext(context: CoroutineContext, oldState: ContextPropagator.Restored) {
        oldState.close()
    }
}
