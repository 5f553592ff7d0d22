package dev.weft;

import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * What Weft throws to who awaits something cancelled. A type of its own, so that a task which ends with it counts as
 * cancelled (C9), and one that ends with some other library's counts as failed.
 */
final class AwaitedCancelledException extends CancellationException {

    private static final long serialVersionUID = 1L;

    private final @Nullable Cancellation cancellation;

    /** Of something of Weft's. */
    AwaitedCancelledException(String awaited, Cancellation cancellation, @Nullable Throwable cause) {
        super(awaited + " was " + cancellation);
        this.cancellation = cancellation;
        if (cause != null) {
            initCause(cause);
        }
    }

    /** Of a completion stage. */
    AwaitedCancelledException(CancellationException cause) {
        super("the completion stage was cancelled");
        this.cancellation = null;
        initCause(cause);
    }

    private AwaitedCancelledException(@Nullable String message, @Nullable Cancellation cancellation) {
        super(message);
        this.cancellation = cancellation;
    }

    /** This without its cause. */
    AwaitedCancelledException copy() {
        return new AwaitedCancelledException(getMessage(), cancellation);
    }

    private Object writeReplace() {
        return Portable.of(this);
    }

    @Nullable
    Cancellation cancellation() {
        return cancellation;
    }
}
