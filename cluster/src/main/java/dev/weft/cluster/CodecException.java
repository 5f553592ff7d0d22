package dev.weft.cluster;

import org.jspecify.annotations.Nullable;

/**
 * A {@link Codec} failed. The message says which one, on which side. If it was the argument's, the handler has not
 * begun.
 *
 * @since 0.1.0
 */
public final class CodecException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param message which codec failed, and where
     * @param cause what the codec threw, if it failed on this side
     * @since 0.1.0
     */
    public CodecException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
