package dev.weft;

/**
 * A block without a result. A {@link GroupBody} is one too, whose result is dropped.
 *
 * @see Weft#taskGroup(VoidGroupBody)
 */
@FunctionalInterface
public interface VoidGroupBody {

    /** Does the work, on the caller's own thread. */
    void execute(TaskGroup group) throws Exception;
}
