package dev.weft;

import dev.weft.internal.failure.Portable;
import java.util.concurrent.TimeoutException;

/**
 * A deadline has passed. The exception knows whose: a timeout block throws only its own, so an inner one is never
 * mistaken for an outer one.
 */
public final class DeadlineExceededException extends TimeoutException {

    private static final long serialVersionUID = 1L;

    private final Deadline deadline;
    private final String owner;

    DeadlineExceededException(Deadline deadline, String owner) {
        super(owner + " has expired");
        this.deadline = deadline;
        this.owner = owner;
    }

    private Object writeReplace() {
        return Portable.of(this);
    }

    /**
     * The deadline that has passed.
     *
     * @return on the clock of the runtime that the block ran on
     */
    public Deadline deadline() {
        return deadline;
    }

    /**
     * The block that had the deadline, as in {@code timeout of 2s}.
     *
     * @return a text for people; it names a construct and its limit, and may change with a version
     */
    public String owner() {
        return owner;
    }
}
