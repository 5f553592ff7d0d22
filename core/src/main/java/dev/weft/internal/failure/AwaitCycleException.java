package dev.weft.internal.failure;

/** A wait was refused that would never end. */
public final class AwaitCycleException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    public AwaitCycleException(String message) {
        super(message);
    }
}
