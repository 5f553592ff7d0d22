package dev.weft.internal.failure;

/** Stands for an exception that could not be serialized: has its text, stack, cause and suppressed exceptions. */
public final class StandInException extends Exception {

    private static final long serialVersionUID = 1L;

    public StandInException(Throwable original) {
        super(Foreign.text(original) + " (could not be serialized itself)");
        setStackTrace(new StackTraceElement[0]);
    }
}
