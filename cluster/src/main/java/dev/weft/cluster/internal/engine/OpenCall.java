package dev.weft.cluster.internal.engine;

import dev.weft.cluster.internal.engine.Transport.Ticket;
import dev.weft.cluster.internal.wire.Frame.End;
import dev.weft.sync.Event;
import org.jspecify.annotations.Nullable;

/** One attempt of a call, at its caller. Guarded, but for {@link #done}, which publishes the result. */
final class OpenCall {

    enum Result {
        /** The handler has ended: {@link OpenCall#end}. */
        ENDED,
        /** Rejected; or taken back before it was sent. It has not begun. */
        NOT_BEGUN,
        LOST
    }

    final long id;
    final Session session;
    final String handler;
    final Event done;

    long sentAt;

    @Nullable
    Ticket ticket;

    @Nullable
    Result result;

    @Nullable
    End end;

    OpenCall(long id, Session session, String handler) {
        this.id = id;
        this.session = session;
        this.handler = handler;
        this.done = new Event(toString());
    }

    /** Whether the member has told that the call had come. */
    boolean hasBegun() {
        return id <= session.confirmedCall;
    }

    @Override
    public String toString() {
        return handler + "#" + id + " on " + session.member; // as dumps show it
    }
}
