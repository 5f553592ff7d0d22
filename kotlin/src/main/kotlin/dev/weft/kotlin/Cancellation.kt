package dev.weft.kotlin

import dev.weft.ContextPropagator
import dev.weft.VoidBody
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds
import kotlin.time.toJavaDuration

/**
 * Runs [body]; a cancel calls [action] in place of the interrupt, and interrupts [interruptAfter] later if the body has
 * not ended: [dev.weft.Weft.onCancel].
 *
 * @since 0.1.0
 */
public fun <T> onCancel(action: () -> Unit, interruptAfter: Duration = 1.seconds, body: () -> T): T =
    Calls.onCancel<T, RuntimeException>(VoidBody<Exception> { action() }, interruptAfter.toJavaDuration(), bodyOf(body))

/** Runs [body], which cancels from outside do not reach: [dev.weft.Weft.shield]. @since 0.1.0 */
public fun <T> shield(body: () -> T): T = Calls.shield<T, RuntimeException>(bodyOf(body))

/** Runs [body] to its end, whatever is asked meanwhile: [dev.weft.Weft.uninterrupted]. @since 0.1.0 */
public fun <T> uninterrupted(body: () -> T): T = Calls.uninterrupted<T, RuntimeException>(bodyOf(body))

/** Runs [body], which blocks outside of Weft: [dev.weft.Weft.blocking]. @since 0.1.0 */
public fun <T> blocking(body: () -> T): T = Calls.blocking<T, RuntimeException>(bodyOf(body))

/** Runs [body] on a thread that a cancel leaves behind: [dev.weft.Weft.abandonOnCancel]. @since 0.1.0 */
public fun <T> abandonOnCancel(body: () -> T): T = Calls.abandonOnCancel<T, RuntimeException>(bodyOf(body))

/** [body], whose value is closed by [closer] if no caller gets it: [dev.weft.Weft.closing]. @since 0.1.0 */
public fun <T : Any> closing(closer: (T) -> Unit, body: () -> T): Closing<T> = Closing(closer, body)

/** Runs [body] with [propagator] carrying context into its tasks: [dev.weft.Weft.propagate]. @since 0.1.0 */
public fun <T> propagate(propagator: ContextPropagator, body: () -> T): T =
    Calls.propagate<T, RuntimeException>(propagator, bodyOf(body))
