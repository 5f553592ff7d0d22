package dev.weft.cluster;

import java.util.Objects;

/**
 * The handler failed with an exception that {@link Handler#fails} does not name. Its class is not loaded here: type,
 * message and stack are text.
 *
 * @since 0.1.0
 */
public final class RemoteFailureException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Member member;
    private final String type;
    private final String remoteMessage;
    private final String remoteStack;

    /**
     * Creates an exception.
     *
     * @param handler the name of the handler
     * @param member where the handler ran
     * @param type the name of the exception's class
     * @param remoteMessage its message, or an empty text
     * @param remoteStack its stack trace, as text, which may be cut
     * @since 0.1.0
     */
    public RemoteFailureException(
            String handler, Member member, String type, String remoteMessage, String remoteStack) {
        super("'" + handler + "' failed on " + member + ": " + type
                + (remoteMessage.isEmpty() ? "" : ": " + remoteMessage));
        this.member = Objects.requireNonNull(member, "member");
        this.type = Objects.requireNonNull(type, "type");
        this.remoteMessage = remoteMessage;
        this.remoteStack = Objects.requireNonNull(remoteStack, "remoteStack");
    }

    /**
     * Returns the member where the handler ran.
     *
     * @return the member, as last seen
     * @since 0.1.0
     */
    public Member member() {
        return member;
    }

    /**
     * Returns the name of the class of the remote exception.
     *
     * @return as in {@code java.io.IOException}
     * @since 0.1.0
     */
    public String type() {
        return type;
    }

    /**
     * Returns the message of the remote exception.
     *
     * @return an empty text if it had none
     * @since 0.1.0
     */
    public String remoteMessage() {
        return remoteMessage;
    }

    /**
     * Returns the stack trace of the remote exception, with its causes.
     *
     * @return lines of text, cut after some thousands of characters
     * @since 0.1.0
     */
    public String remoteStack() {
        return remoteStack;
    }
}
