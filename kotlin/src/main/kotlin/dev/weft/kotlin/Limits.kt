package dev.weft.kotlin

import dev.weft.CancelScope
import dev.weft.CancelScopeBody
import dev.weft.Deadline
import dev.weft.Timeout
import dev.weft.TimeoutBody
import kotlin.time.Duration
import kotlin.time.toJavaDuration

/**
 * Runs [body] under a time limit, on the caller's own thread: [dev.weft.Weft.timeout]. The receiver moves or inspects the
 * limit.
 *
 * **Blocking:** until the body has ended. **Cancellation:** as the body.
 *
 * @throws java.util.concurrent.TimeoutException if the limit has passed and the body has stopped because of it
 * @since 0.1.0
 */
public fun <T> timeout(limit: Duration, body: Timeout.() -> T): T = timeout(limit.toJavaDuration(), body)

/** [timeout] with a limit of Java's. @since 0.1.0 */
public fun <T> timeout(limit: java.time.Duration, body: Timeout.() -> T): T =
    Calls.timeout<T, RuntimeException>(limit, TimeoutBody<T, RuntimeException> { it.body() })

/** [timeout] with a [deadline] that other calls may share: [dev.weft.Weft.timeoutAt]. @since 0.1.0 */
public fun <T> timeoutAt(deadline: Deadline, body: Timeout.() -> T): T =
    Calls.timeoutAt<T, RuntimeException>(deadline, TimeoutBody<T, RuntimeException> { it.body() })

/**
 * Runs [body] under a time limit as asyncio's `wait_for` does: a body that ends otherwise although the limit has passed
 * keeps its value or exception, and is not run at all if the limit is not positive: [dev.weft.Weft.waitFor].
 *
 * **Blocking:** until the body has ended. **Cancellation:** always a cancellation point.
 *
 * @throws java.util.concurrent.TimeoutException if the limit has passed and the body has ended by that
 * @since 0.1.0
 */
public fun <T> waitFor(limit: Duration, body: () -> T): T =
    Calls.waitFor<T, RuntimeException>(bodyOf(body), limit.toJavaDuration())

/** Moves the limit to [duration] from now. @since 0.1.0 */
public fun Timeout.reschedule(duration: Duration) {
    reschedule(duration.toJavaDuration())
}

/**
 * [timeout] that returns null if the limit has passed: [dev.weft.Weft.moveOnAfter].
 *
 * @since 0.1.0
 */
public fun <T : Any> moveOnAfter(limit: Duration, body: () -> T): T? =
    Calls.moveOnAfter<T, RuntimeException>(limit.toJavaDuration(), bodyOf(body)).orElse(null)

/** [moveOnAfter] with a [deadline] that other calls may share: [dev.weft.Weft.moveOnAt]. @since 0.1.0 */
public fun <T : Any> moveOnAt(deadline: Deadline, body: () -> T): T? =
    Calls.moveOnAt<T, RuntimeException>(deadline, bodyOf(body)).orElse(null)

/**
 * Runs [body], which its receiver cancels from any thread; null if it did: [dev.weft.Weft.cancellable].
 *
 * @since 0.1.0
 */
public fun <T : Any> cancellable(body: CancelScope.() -> T): T? =
    Calls.cancellable<T, RuntimeException>(CancelScopeBody<T, RuntimeException> { it.body() }).orElse(null)

/**
 * Waits. **Blocking:** for [duration]. **Cancellation:** always a cancellation point.
 *
 * @since 0.1.0
 */
public fun sleep(duration: Duration) {
    Calls.sleep(duration.toJavaDuration())
}
