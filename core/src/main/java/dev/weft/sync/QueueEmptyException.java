package dev.weft.sync;

import java.util.NoSuchElementException;

/** The {@link Queue} has no item for {@link Queue#getNowait}. */
public final class QueueEmptyException extends NoSuchElementException {

    private static final long serialVersionUID = 1L;

    QueueEmptyException() {
        super("the queue is empty, or its items are promised to tasks that wait to get");
    }
}
