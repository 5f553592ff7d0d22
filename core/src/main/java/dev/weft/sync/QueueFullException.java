package dev.weft.sync;

/** The {@link Queue} has no free slot for {@link Queue#putNowait}. */
public final class QueueFullException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    QueueFullException(int maxSize) {
        super("the queue is full: each of its " + maxSize + " slots is taken or promised to a task that waits to put");
    }
}
