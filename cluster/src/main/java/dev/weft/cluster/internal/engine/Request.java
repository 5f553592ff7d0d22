package dev.weft.cluster.internal.engine;

import dev.weft.cluster.HandlerVersion;
import dev.weft.cluster.Member;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A call, as its caller wants it.
 *
 * @param on null if any member will do
 */
@SuppressWarnings("ArrayRecordComponent") // requests are not compared
public record Request(
        HandlerVersion handler,
        int retries,
        Optional<String> affinity,
        @Nullable Predicate<? super Member> on,
        boolean waitForMember,
        byte[] argument) {

    boolean isBound() {
        return affinity.isPresent() || on != null;
    }
}
