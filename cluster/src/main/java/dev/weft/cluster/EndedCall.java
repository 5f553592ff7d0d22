package dev.weft.cluster;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * A call that has ended, as its caller's {@link ClusterListener} is told of it.
 *
 * @param handler the name of the handler
 * @param id identifies the call in the cluster, as {@link Call#id} does on the member
 * @param member where it was sent last; empty if it never was
 * @param attempts how many times it was sent; more than 1 if members were lost or rejected it
 * @param outcome how it has ended
 * @param queued how long it has waited for a place, in all attempts
 * @param total from the call to its end
 * @since 0.1.0
 */
public record EndedCall(
        String handler,
        String id,
        Optional<Member> member,
        int attempts,
        CallOutcome outcome,
        Duration queued,
        Duration total) {

    /**
     * Creates an ended call.
     *
     * @since 0.1.0
     */
    public EndedCall {
        Objects.requireNonNull(handler, "handler");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(member, "member");
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(queued, "queued");
        Objects.requireNonNull(total, "total");
    }
}
