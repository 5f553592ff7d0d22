package dev.weft.kotlin

import dev.weft.AsCompleted
import dev.weft.Completion
import dev.weft.ItemBody
import dev.weft.Outcome
import dev.weft.TimedCompletion
import dev.weft.VoidItemBody
import dev.weft.sync.Attempts
import dev.weft.sync.RetryPolicy
import kotlin.time.Duration
import kotlin.time.toJavaDuration

/**
 * Runs [bodies] at the same time, each in a task of its own, and returns their results in order: [dev.weft.Weft.gather].
 * If one fails, the others are cancelled and joined, and its exception is thrown.
 *
 * **Blocking:** until all have ended. **Cancellation:** always a cancellation point; the bodies are cancelled and joined
 * first.
 *
 * @since 0.1.0
 */
public fun <T> gather(vararg bodies: () -> T): List<T> = Calls.gather<T, RuntimeException>(*bodies(bodies))

/** [gather] of as many functions as [bodies] has; those may be [Body] and [closing]. @since 0.1.0 */
public fun <T> gather(bodies: Iterable<() -> T>): List<T> = Calls.gather<T, RuntimeException>(bodies(bodies))

/**
 * Runs [bodies] at the same time and returns how each has ended, in order: [dev.weft.Weft.settle].
 *
 * **Blocking:** until all have ended. **Cancellation:** always a cancellation point.
 *
 * @since 0.1.0
 */
public fun <T> settle(vararg bodies: () -> T): List<Outcome<T>> = Calls.settle<T>(*bodies(bodies))

/** [settle] of as many functions as [bodies] has. @since 0.1.0 */
public fun <T> settle(bodies: Iterable<() -> T>): List<Outcome<T>> = Calls.settle<T>(bodies(bodies))

/**
 * Runs [bodies] at the same time and returns the result of the first that succeeds; the others are cancelled and joined:
 * [dev.weft.Weft.race].
 *
 * **Blocking:** until all have ended. **Cancellation:** always a cancellation point.
 *
 * @since 0.1.0
 */
public fun <T> race(vararg bodies: () -> T): T = Calls.race<T, RuntimeException>(*bodies(bodies))

/** [race] of as many functions as [bodies] has. @since 0.1.0 */
public fun <T> race(bodies: Iterable<() -> T>): T = Calls.race<T, RuntimeException>(bodies(bodies))

/**
 * Runs two bodies of different types at the same time and combines their results on the caller's thread:
 * [dev.weft.Weft.combine].
 *
 * **Blocking:** until both have ended. **Cancellation:** always a cancellation point.
 *
 * @since 0.1.0
 */
public fun <A, B, R> combine(first: () -> A, second: () -> B, combiner: (A, B) -> R): R =
    Calls.combine<A, B, R, RuntimeException>(bodyOf(first), bodyOf(second), combiner)

/** [combine] of three. @since 0.1.0 */
public fun <A, B, C, R> combine(first: () -> A, second: () -> B, third: () -> C, combiner: (A, B, C) -> R): R =
    Calls.combine<A, B, C, R, RuntimeException>(bodyOf(first), bodyOf(second), bodyOf(third), combiner)

/** [combine] of four. @since 0.1.0 */
public fun <A, B, C, D, R> combine(
    first: () -> A,
    second: () -> B,
    third: () -> C,
    fourth: () -> D,
    combiner: (A, B, C, D) -> R,
): R = Calls.combine<A, B, C, D, R, RuntimeException>(bodyOf(first), bodyOf(second), bodyOf(third), bodyOf(fourth), combiner)

/** [combine] of five. @since 0.1.0 */
public fun <A, B, C, D, E, R> combine(
    first: () -> A,
    second: () -> B,
    third: () -> C,
    fourth: () -> D,
    fifth: () -> E,
    combiner: (A, B, C, D, E) -> R,
): R =
    Calls.combine<A, B, C, D, E, R, RuntimeException>(
        bodyOf(first),
        bodyOf(second),
        bodyOf(third),
        bodyOf(fourth),
        bodyOf(fifth),
        combiner,
    )

/**
 * Applies [body] to each of [items], at most [limit] at the same time, and returns the results in the order of the items:
 * [dev.weft.Weft.mapConcurrent].
 *
 * **Blocking:** until all have ended. **Cancellation:** always a cancellation point.
 *
 * @throws IllegalArgumentException if [limit] is less than 1
 * @since 0.1.0
 */
public fun <A, B> mapConcurrent(items: Iterable<A>, limit: Int, body: (A) -> B): List<B> =
    Calls.mapConcurrent<A, B, RuntimeException>(items, limit, ItemBody<A, B, RuntimeException> { body(it) })

/**
 * Calls [body] with each of [items], at most [limit] at the same time: [dev.weft.Weft.forEachConcurrent].
 *
 * **Blocking:** until all have ended. **Cancellation:** always a cancellation point.
 *
 * @throws IllegalArgumentException if [limit] is less than 1
 * @since 0.1.0
 */
public fun <A> forEachConcurrent(items: Iterable<A>, limit: Int, body: (A) -> Unit) {
    Calls.forEachConcurrent<A, RuntimeException>(items, limit, VoidItemBody<A, RuntimeException> { body(it) })
}

/**
 * Runs [bodies] at the same time; iterating gives their results in the order in which they come: [dev.weft.Weft.asCompleted].
 * Leave a loop early within [use][kotlin.use], which cancels and joins what is left.
 *
 * **Blocking:** never; its iteration does. **Cancellation:** never a cancellation point.
 *
 * @since 0.1.0
 */
public fun <T> asCompleted(vararg bodies: () -> T): AsCompleted<Completion<T>> = Calls.asCompleted<T>(*bodies(bodies))

/** [asCompleted] of as many functions as [bodies] has. @since 0.1.0 */
public fun <T> asCompleted(bodies: Iterable<() -> T>): AsCompleted<Completion<T>> =
    Calls.asCompleted<T>(bodies(bodies))

/** [asCompleted] whose results are awaited for [limit] in all. @since 0.1.0 */
public fun <T> asCompleted(bodies: Iterable<() -> T>, limit: Duration): AsCompleted<TimedCompletion<T>> =
    Calls.asCompleted<T>(bodies(bodies), limit.toJavaDuration())

/** Runs [body] until it succeeds or [policy] gives up: [dev.weft.sync.Attempts.retry]. @since 0.1.0 */
public fun <T> retry(policy: RetryPolicy, body: () -> T): T =
    Attempts.retry<T, RuntimeException>(policy, bodyOf(body))

/**
 * Starts the next of [bodies] whenever [delay] has passed or one has failed, and returns the first result:
 * [dev.weft.sync.Attempts.hedge].
 *
 * @since 0.1.0
 */
public fun <T> hedge(delay: Duration, vararg bodies: () -> T): T =
    Attempts.hedge<T, RuntimeException>(delay.toJavaDuration(), *bodies(bodies))
