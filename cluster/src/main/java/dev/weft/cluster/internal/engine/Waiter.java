package dev.weft.cluster.internal.engine;

import dev.weft.sync.Event;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A caller that waits for a credit. Guarded, but for {@link #done}, which publishes the state. */
final class Waiter {

    enum State {
        WAITING,
        /** A place at {@link Waiter#session} is reserved. */
        GRANTED,
        /** The members are others now: the caller's own condition must be asked again. */
        ASK_AGAIN,
        NO_MEMBER,
        CLOSED
    }

    final Request request;

    /** The order of coming. */
    final long number;

    final @Nullable Set<PeerId> allowed;
    final Event done;
    State state = State.WAITING;

    @Nullable
    Session session;

    Waiter(Request request, long number, @Nullable Set<PeerId> allowed) {
        this.request = request;
        this.number = number;
        this.allowed = allowed;
        this.done = new Event("a place for " + request.handler().name());
    }

    @Nullable
    String affinity() {
        return request.affinity().orElse(null);
    }
}
