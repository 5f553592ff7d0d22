package dev.weft.cluster;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Where a call may run. Immutable; begin with {@link #defaults()}.
 *
 * @param affinity calls with the same text go to the same member as long as the members do not change
 * @param on the members that the call may run on, of those that serve the handler; called by the caller's own task
 * @param waitForMember whether the call waits while no member serves the handler; else it fails with
 *     {@link NoMemberException}
 * @since 0.1.0
 */
public record CallOptions(Optional<String> affinity, Predicate<? super Member> on, boolean waitForMember) {

    private static final Predicate<Member> ANY = new Any();
    private static final CallOptions DEFAULTS = new CallOptions(Optional.empty(), ANY, true);

    /**
     * Creates options.
     *
     * @since 0.1.0
     */
    public CallOptions {
        Objects.requireNonNull(affinity, "affinity");
        Objects.requireNonNull(on, "on");
    }

    /**
     * Returns the defaults: any member, and the call waits for one.
     *
     * @return no affinity, no condition, {@code waitForMember}
     * @since 0.1.0
     */
    public static CallOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Returns these options with an affinity: calls with the same key run on the same member, and wait for it.
     *
     * @param key the key, as the host of a URL
     * @return new options
     * @since 0.1.0
     */
    public CallOptions affinity(String key) {
        return new CallOptions(Optional.of(key), on, waitForMember);
    }

    /**
     * Returns these options with a condition on the member.
     *
     * @param condition must depend on nothing but the member
     * @return new options
     * @since 0.1.0
     */
    public CallOptions on(Predicate<? super Member> condition) {
        return new CallOptions(affinity, condition, waitForMember);
    }

    /**
     * Returns these options with or without waiting for a member that serves the handler.
     *
     * @param wait whether to wait
     * @return new options
     * @since 0.1.0
     */
    public CallOptions waitForMember(boolean wait) {
        return new CallOptions(affinity, on, wait);
    }

    private static final class Any implements Predicate<Member> {
        @Override
        public boolean test(Member member) {
            return true;
        }
    }

    /** Whether there is no condition on the member. */
    boolean isOnAny() {
        return on == ANY;
    }
}
