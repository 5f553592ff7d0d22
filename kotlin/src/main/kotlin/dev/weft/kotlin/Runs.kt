package dev.weft.kotlin

import dev.weft.Run
import dev.weft.Runner
import dev.weft.Task
import dev.weft.TaskLocal
import dev.weft.TaskOptions

/**
 * Runs [main] as the first task of a parallel runtime, and returns its result when all background tasks have ended:
 * [dev.weft.Weft.run].
 *
 * **Blocking:** until main and all background tasks have ended. **Cancellation:** interrupting the calling thread cancels
 * main.
 *
 * @throws IllegalStateException if called within a run
 * @since 0.1.0
 */
public fun <T> runMain(main: () -> T): T = Calls.run<T, RuntimeException>(bodyOf(main))

/**
 * [runMain] by the name that it has in Java, for functions outside of classes. Within a class `run { … }` is Kotlin's own
 * [kotlin.run], which takes the class's instance as its receiver: write [runMain] there.
 *
 * @since 0.1.0
 */
public fun <T> run(main: () -> T): T = runMain(main)

/** Runs [main] on this runner. @since 0.1.0 */
public fun <T> Runner.runMain(main: () -> T): T = run<T, RuntimeException>(bodyOf(main))

/**
 * Starts [body] as a background task of the enclosing [run]: [dev.weft.Weft.createTask].
 *
 * **Blocking:** never. **Cancellation:** never a cancellation point.
 *
 * @param name the task's name; null for one made from its number
 * @throws IllegalStateException if called outside of a run
 * @since 0.1.0
 */
public fun <T> createTask(name: String? = null, body: () -> T): Task<T> = Calls.createTask<T>(options(name), bodyOf(body))

/**
 * Starts [body] as a background task of [run], from any thread. A function and not an extension, since a call of
 * `run.createTask { … }` is one of Java's, and takes the lambda for a body without a result.
 *
 * @throws IllegalStateException if [run] takes no new tasks
 * @since 0.1.0
 */
public fun <T> createTask(run: Run, name: String? = null, body: () -> T): Task<T> =
    run.createTask<T>(options(name), bodyOf(body))

/** Runs [body] with this task local set to [value]: [TaskLocal.with]. @since 0.1.0 */
public fun <T : Any, R> TaskLocal<T>.withValue(value: T, body: () -> R): R =
    with<R, RuntimeException>(value, bodyOf(body))

internal fun options(name: String?): TaskOptions = if (name == null) TaskOptions.defaults() else TaskOptions.named(name)
