package dev.weft.sync;

/** The {@link Queue} has been shut down: nothing can be put, or nothing is left to be got. */
public final class QueueShutDownException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    QueueShutDownException() {
        super("the queue has been shut down");
    }
}
