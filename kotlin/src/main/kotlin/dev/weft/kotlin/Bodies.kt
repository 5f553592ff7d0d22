package dev.weft.kotlin

import dev.weft.ClosingBody
import dev.weft.Weft

/**
 * A function that is a [dev.weft.Body] too: for calls of Java's, and for this package's calls of a list of them.
 *
 * @since 0.1.0
 */
public class Body<out T>(private val function: () -> T) : dev.weft.Body<@UnsafeVariance T, RuntimeException>, () -> T {

    override fun run(): T = function()

    override fun invoke(): T = function()
}

/** A function whose value is closed if no caller gets it. @since 0.1.0 */
public class Closing<T : Any> internal constructor(private val closer: (T) -> Unit, private val function: () -> T) :
    ClosingBody<T, RuntimeException>, () -> T {

    override fun run(): T = function()

    override fun invoke(): T = function()

    override fun closeDropped(value: T) {
        closer(value)
    }
}

/** A function that is a body already stays as it is, so that Java's calls see its kind. */
@Suppress("UNCHECKED_CAST") // one that is a function as well has the function's result
internal fun <T> bodyOf(function: () -> T): dev.weft.Body<T, RuntimeException> =
    function as? dev.weft.Body<T, RuntimeException> ?: Body(function)

internal fun <T> bodies(functions: Array<out () -> T>): Array<dev.weft.Body<T, RuntimeException>> =
    Array(functions.size) { bodyOf(functions[it]) }

internal fun <T> bodies(functions: Iterable<() -> T>): List<dev.weft.Body<T, RuntimeException>> = functions.map { bodyOf(it) }

/** Java's calls, whose names are those of this package. */
internal typealias Calls = Weft
