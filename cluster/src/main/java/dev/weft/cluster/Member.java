package dev.weft.cluster;

import java.util.Objects;
import java.util.Set;

/**
 * A member of the cluster, as seen by another one at some moment. Its identity is {@code id}: a member that was
 * restarted is another member, even with the same name and address.
 *
 * @param id the identity of this incarnation
 * @param name the name that the member gave itself; need not be unique
 * @param handlers what the member serves
 * @param limit how many calls it runs at the same time; 0 if it serves nothing
 * @param draining whether it takes no new calls
 * @since 0.1.0
 */
public record Member(String id, String name, Set<HandlerVersion> handlers, int limit, boolean draining) {

    /**
     * Creates a member.
     *
     * @since 0.1.0
     */
    public Member {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        handlers = Set.copyOf(handlers);
    }

    /** As in {@code w2 (a1f3c2d4)}: the name and the beginning of the identity. */
    @Override
    public String toString() {
        return name + " (" + id.substring(0, Math.min(8, id.length())) + ")";
    }
}
