package dev.weft.cluster;

/**
 * No member serves the handler in a version that both sides accept, and the call was not to
 * {@linkplain CallOptions#waitForMember wait} for one. The call has not begun.
 *
 * @since 0.1.0
 */
public final class NoMemberException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param message what is missing
     * @since 0.1.0
     */
    public NoMemberException(String message) {
        super(message);
    }
}
