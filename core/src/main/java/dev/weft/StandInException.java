package dev.weft;

/** Stands for an exception that could not be serialized: has its text, stack, cause and suppressed exceptions. */
final class StandInException extends Exception {

    private static final long serialVersionUID = 1L;

    StandInException(Throwable original) {
        super(Foreign.text(original) + " (could not be serialized itself)");
        setStackTrace(new StackTraceElement[0]);
    }
}
