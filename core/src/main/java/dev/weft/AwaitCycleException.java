package dev.weft;

/** A wait was refused that would never end. */
final class AwaitCycleException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    AwaitCycleException(String message) {
        super(message);
    }
}
