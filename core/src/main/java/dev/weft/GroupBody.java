package dev.weft;

import org.jspecify.annotations.Nullable;

/**
 * The block of a task group. Whatever it throws becomes a member of the group's {@link ExceptionGroup}.
 *
 * @param <R> what it returns
 * @see Weft#taskGroup(GroupBody)
 */
@FunctionalInterface
public interface GroupBody<R extends @Nullable Object> {

    /** Does the work, on the caller's own thread. */
    R run(TaskGroup group) throws Exception;
}
