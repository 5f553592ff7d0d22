package dev.weft.internal.failure;

import dev.weft.Cancellation;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown to callers that await something cancelled. A type of its own, so that a task which ends with it counts as
 * cancelled (C9), and one that ends with some other library's counts as failed.
 */
public final class AwaitedCancelledException extends CancellationException {

    private static final long serialVersionUID = 1L;

    private static final String BECAUSE = " ended because ";

    private final @Nullable Cancellation cancellation;

    /** Of something of Weft's. */
    public AwaitedCancelledException(String awaited, Cancellation cancellation, @Nullable Throwable cause) {
        super(text(awaited, cancellation, cause));
        this.cancellation = cancellation;
        if (cause != null) {
            initCause(cause);
        }
    }

    /**
     * If {@code awaited} was not asked itself, but awaited something else that was, the latter is what was cancelled;
     * and who asked may be {@code awaited}.
     */
    private static String text(String awaited, Cancellation cancellation, @Nullable Throwable cause) {
        if (cause instanceof AwaitedCancelledException inner && inner.cancellation == cancellation) {
            var innermost = String.valueOf(inner.getMessage());
            var reason = innermost.indexOf(BECAUSE);
            return awaited + BECAUSE + (reason < 0 ? innermost : innermost.substring(reason + BECAUSE.length()));
        }
        var asked = "cancelled by " + cancellation.origin();
        return cancellation.origin().equals(awaited)
                ? awaited + " was cancelled by itself" + cancellation.toString().substring(asked.length())
                : awaited + " was " + cancellation;
    }

    /** Of a completion stage. */
    public AwaitedCancelledException(CancellationException cause) {
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
    public Cancellation cancellation() {
        return cancellation;
    }
}
