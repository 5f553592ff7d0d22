package dev.weft.kotlin

import dev.weft.CancelScope
import dev.weft.CancelScopeBody
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
