package dev.weft;

import dev.weft.internal.failure.Portable;
import java.util.Objects;

/**
 * <em>I</em> was asked to stop: thrown by Weft's own waits in a task (or inside a block) that a request has reached.
 * Clean up and let it pass on. If the caller awaits a task that was cancelled, that is another type:
 * {@link java.util.concurrent.CancellationException}.
 *
 * <p>A task that is stopped with many others, by the group, call or run that owns it, gets this without a stack trace:
 * to walk the stack would take longer than all else. In {@linkplain Runner.Builder#debug debug mode} it has one.
 */
public final class CancelledException extends InterruptedException {

    private static final long serialVersionUID = 1L;

    private final Cancellation cancellation;

    CancelledException(Cancellation cancellation) {
        this(cancellation, true);
    }

    CancelledException(Cancellation cancellation, boolean hasStackTrace) {
        this.cancellation = Objects.requireNonNull(cancellation, "cancellation");
        if (hasStackTrace) {
            super.fillInStackTrace();
        }
    }

    /** Does nothing: whether there is a stack trace is decided when the exception is made. */
    @Override
    public Throwable fillInStackTrace() {
        return this;
    }

    private Object writeReplace() {
        return Portable.of(this);
    }

    /** The cancellation in words. */
    @Override
    public String getMessage() {
        return String.valueOf(cancellation);
    }

    /**
     * The request: its origin, reason and time.
     *
     * @return the request that is delivered here
     */
    public Cancellation cancellation() {
        return cancellation;
    }
}
