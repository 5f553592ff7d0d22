package dev.weft;

import org.jspecify.annotations.Nullable;

/**
 * The block of a task group. Whatever it throws becomes a member of the group's {@link ExceptionGroup}.
 *
 * @param <R> what it returns
 * @see Weft#taskGroup(GroupBody)
 */
@FunctionalInterface
public interface GroupBody<R extends @Nullable Object> extends VoidGroupBody {

    /** Does the work, on the caller's own thread. */
    R run(TaskGroup group) throws Exception;

    /**
     * {@link #run}, for a caller that wants no result.
     *
     * @since 0.1.0
     */
    @Override
    default void execute(TaskGroup group) throws Exception {
        run(group);
    }
}
