package dev.weft;

/**
 * A block without a result. A {@link GroupBody} is one too, whose result is dropped.
 *
 * @see Weft#taskGroup(VoidGroupBody)
 */
@FunctionalInterface
public interface VoidGroupBody {

    /**
     * Does the work, on the caller's own thread.
     *
     * @param group the group that this block belongs to
     * @throws Exception becomes a member of the {@link ExceptionGroup}
     * @since 0.1.0
     */
    void execute(TaskGroup group) throws Exception;
}
