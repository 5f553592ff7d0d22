package dev.weft.kotlin

import dev.weft.GroupBody
import dev.weft.GroupOptions
import dev.weft.Ready
import dev.weft.StartBody
import dev.weft.Task
import dev.weft.TaskGroup

/**
 * A [TaskGroup] whose calls take Kotlin's functions. Usable only within its block, by any thread.
 *
 * @property group the group itself
 * @since 0.1.0
 */
public class Group internal constructor(public val group: TaskGroup) {

    /**
     * Starts [body] as a child.
     *
     * **Blocking:** never, unless the group has a limit. **Cancellation:** never a cancellation point.
     *
     * @param name the task's name; null for one made from its number
     * @throws IllegalStateException if the group has ended or is stopping
     * @since 0.1.0
     */
    public fun <T> createTask(name: String? = null, body: () -> T): Task<T> = group.createTask<T>(options(name), bodyOf(body))

    /**
     * Starts [body] as a child and waits until it has called [Ready.set], whose value is returned.
     *
     * @since 0.1.0
     */
    public fun <V> start(name: String? = null, body: (Ready<V>) -> Unit): V =
        group.start<V, RuntimeException>(options(name), StartBody<V, RuntimeException> { body(it) })

    /** Cancels the children and the block. @since 0.1.0 */
    public fun cancel() {
        group.cancel()
    }

    override fun toString(): String = group.toString()
}

/**
 * Runs [block] with a group, and returns its result when all children have ended: [dev.weft.Weft.taskGroup]. Within the
 * block `createTask { … }` starts a child; the group is the block's receiver and its argument.
 *
 * **Blocking:** until the block and all children have ended. **Cancellation:** always a cancellation point; the children
 * are cancelled and joined first.
 *
 * @throws dev.weft.ExceptionGroup the failures of the block and the children
 * @since 0.1.0
 */
public fun <R> taskGroup(options: GroupOptions = GroupOptions.failFast(), block: Group.(Group) -> R): R =
    Calls.taskGroup<R>(
        options,
        GroupBody<R> {
            val group = Group(it)
            group.block(group)
        },
    )
