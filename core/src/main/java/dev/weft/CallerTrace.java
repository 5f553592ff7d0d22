package dev.weft;

/**
 * Where the call was made that throws the exception into which this is suppressed: that exception comes from a task,
 * and its own stack trace is that of the task's thread. {@code gather}, {@code race}, {@code await} and all others that
 * throw a task's failure add one, which has the caller's innermost frames without Weft's own.
 *
 * <p>It is not a failure, and nothing ever throws it. {@link Defaults.Builder#callerTraces} or the system property
 * {@code weft.callerTraces=false} switch it off.
 *
 * @since 0.1.0
 */
public final class CallerTrace extends Exception {

    private static final long serialVersionUID = 1L;

    CallerTrace(String message, StackTraceElement[] frames) {
        super(message);
        setStackTrace(frames);
    }

    /**
     * Does nothing: the frames are given by the constructor.
     *
     * @return this
     * @since 0.1.0
     */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
