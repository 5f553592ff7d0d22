package dev.weft.kotlin

import dev.weft.AsCompleted
import dev.weft.Completion
import dev.weft.Outcome
import dev.weft.ReturnWhen
import dev.weft.Task
import dev.weft.TimedCompletion
import dev.weft.Waited
import kotlin.time.Duration
import kotlin.time.toJavaDuration

// Calls of tasks that have been started. They have a receiver: an argument would leave Kotlin in doubt between tasks and
// functions.

/**
 * Waits for these tasks and returns their results in order: [dev.weft.Weft.gather]. If one fails, the others are cancelled
 * and joined, and its exception is thrown.
 *
 * **Blocking:** until all have ended. **Cancellation:** always a cancellation point; the tasks are cancelled and joined
 * first.
 *
 * @since 0.1.0
 */
@JvmName("gatherTasks")
public fun <T> Iterable<Task<out T>>.gather(): List<T> = Calls.gather<T, RuntimeException>(toList())

/**
 * Waits for these tasks and returns how each has ended, in order: [dev.weft.Weft.settle].
 *
 * **Blocking:** until all have ended. **Cancellation:** always a cancellation point; the tasks are cancelled and joined
 * first.
 *
 * @since 0.1.0
 */
@JvmName("settleTasks")
public fun <T> Iterable<Task<out T>>.settle(): List<Outcome<T>> = Calls.settle<T>(toList())

/**
 * Returns the result of the first of these tasks that succeeds; the others are cancelled and joined:
 * [dev.weft.Weft.race].
 *
 * **Blocking:** until all have ended. **Cancellation:** always a cancellation point; the tasks are cancelled and joined
 * first.
 *
 * @since 0.1.0
 */
@JvmName("raceTasks")
public fun <T> Iterable<Task<out T>>.race(): T = Calls.race<T, RuntimeException>(toList())

/**
 * Delivers these tasks in the order in which they end, and cancels none: [dev.weft.Weft.asCompleted].
 *
 * **Blocking:** never; only the `await` of a completion does. **Cancellation:** never a cancellation point.
 *
 * @since 0.1.0
 */
@JvmName("tasksAsCompleted")
public fun <T> Iterable<Task<out T>>.asCompleted(): AsCompleted<Completion<T>> = Calls.asCompleted<T>(toList())

/**
 * [asCompleted] whose completions throw a [java.util.concurrent.TimeoutException] after [limit].
 *
 * **Blocking:** never; only the `await` of a completion does. **Cancellation:** never a cancellation point.
 *
 * @since 0.1.0
 */
@JvmName("tasksAsCompleted")
public fun <T> Iterable<Task<out T>>.asCompleted(limit: Duration): AsCompleted<TimedCompletion<T>> =
    Calls.asCompleted<T>(toList(), limit.toJavaDuration())

/**
 * Waits until these tasks have ended as [returnWhen] says, or [limit] has passed: [dev.weft.Weft.waitUntil]. It cancels
 * nothing, and throws no failure of theirs.
 *
 * **Blocking:** until then. **Cancellation:** always a cancellation point; the tasks are left alone.
 *
 * @throws IllegalArgumentException if there are none
 * @since 0.1.0
 */
public fun <T> Iterable<Task<out T>>.waitUntil(returnWhen: ReturnWhen, limit: Duration = Duration.INFINITE): Waited<T> =
    Calls.waitUntil<T>(returnWhen, this, limit.toJavaDuration())

/**
 * Waits for this task within [limit]; then cancels and joins it: [dev.weft.Weft.waitFor].
 *
 * **Blocking:** until the task has ended. **Cancellation:** always a cancellation point; the task is cancelled and joined
 * first.
 *
 * @throws java.util.concurrent.TimeoutException if the limit has passed
 * @since 0.1.0
 */
public fun <T> Task<T>.waitFor(limit: Duration): T = Calls.waitFor<T, RuntimeException>(this, limit.toJavaDuration())

/**
 * Waits for this task, which goes on if the wait is cancelled: [dev.weft.Weft.shield].
 *
 * **Blocking:** until the task has ended. **Cancellation:** always a cancellation point; the task is left alone.
 *
 * @since 0.1.0
 */
public fun <T> Task<T>.shield(): T = Calls.shield<T, RuntimeException>(this)
