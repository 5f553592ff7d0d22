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

    /**
     * Does the work, on the caller's own thread.
     *
     * @param group starts tasks that end before the call does; of no use afterwards
     * @return the result of {@code taskGroup}
     * @throws Exception becomes a member of the {@link ExceptionGroup}
     */
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
