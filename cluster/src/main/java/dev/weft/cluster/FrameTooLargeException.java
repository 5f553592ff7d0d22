package dev.weft.cluster;

/**
 * An argument, a result or a failure is too large for one frame. The limit is {@link WorkersBuilder#maxFrame}; large
 * data should go through a store, and its key through the call.
 *
 * @since 0.1.0
 */
public final class FrameTooLargeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param message what is too large, its size and the limit
     * @since 0.1.0
     */
    public FrameTooLargeException(String message) {
        super(message);
    }
}
