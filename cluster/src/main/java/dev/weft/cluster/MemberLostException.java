package dev.weft.cluster;

import java.util.Objects;

/**
 * The member that ran the call is lost: it has crashed, is frozen, or cannot be reached. The call's effects may or may
 * not have happened. A call of an {@linkplain Handler#idempotent idempotent} handler ends so only when its retries are
 * used up.
 *
 * @since 0.1.0
 */
public final class MemberLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Member member;
    private final Began began;
    private final int attempts;

    /**
     * Whether the handler had begun.
     *
     * @since 0.1.0
     */
    public enum Began {
        /** The member had told that it had taken the call. */
        YES,
        /** The call had been sent; whether the member had taken it is not known. */
        UNKNOWN
    }

    /**
     * Creates an exception.
     *
     * @param handler the name of the handler
     * @param member the lost member
     * @param began whether the handler had begun there
     * @param attempts how many times the call was sent, to whichever members
     * @since 0.1.0
     */
    public MemberLostException(String handler, Member member, Began began, int attempts) {
        super("call of '" + handler + "': member " + member + " is lost; begun: " + began + ", attempts: " + attempts);
        this.member = Objects.requireNonNull(member, "member");
        this.began = Objects.requireNonNull(began, "began");
        this.attempts = attempts;
    }

    /**
     * Returns the lost member.
     *
     * @return the member, as last seen
     * @since 0.1.0
     */
    public Member member() {
        return member;
    }

    /**
     * Returns whether the handler had begun on the lost member.
     *
     * @return {@code YES} if the member had told so, else {@code UNKNOWN}
     * @since 0.1.0
     */
    public Began began() {
        return began;
    }

    /**
     * Returns how many times the call was sent, to whichever members.
     *
     * @return at least 1
     * @since 0.1.0
     */
    public int attempts() {
        return attempts;
    }
}
