package dev.weft.internal.task;

/** A wait was refused that would never end. */
public final class AwaitCycleException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    AwaitCycleException(String message) {
        super(message);
    }
}
