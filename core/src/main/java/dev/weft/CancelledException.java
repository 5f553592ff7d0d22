package dev.weft;

import java.util.Objects;

/**
 * <em>I</em> was asked to stop: thrown by Weft's own waits in a task (or inside a block) that a request has reached.
 * Clean up and let it pass on. That something which was awaited has been cancelled is another fact, and another type:
 * {@link java.util.concurrent.CancellationException}.
 */
public final class CancelledException extends InterruptedException {

    private static final long serialVersionUID = 1L;

    private final transient Cancellation cancellation;

    CancelledException(Cancellation cancellation) {
        this.cancellation = Objects.requireNonNull(cancellation, "cancellation");
    }

    /** The cancellation in words. */
    @Override
    public String getMessage() {
        return String.valueOf(cancellation);
    }

    /** Who asked, why and when. */
    public Cancellation cancellation() {
        return cancellation;
    }
}
