package dev.weft;

/**
 * A {@link GroupBody} without a result.
 *
 * @see Weft#taskGroup(VoidGroupBody)
 */
@FunctionalInterface
public interface VoidGroupBody {

    /** Does the work, on the caller's own thread. */
    void run(TaskGroup group) throws Exception;
}
