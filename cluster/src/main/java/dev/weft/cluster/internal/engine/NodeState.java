package dev.weft.cluster.internal.engine;

import dev.weft.cluster.Member;
import dev.weft.cluster.internal.engine.Transport.Ticket;
import dev.weft.cluster.internal.wire.Frame;
import dev.weft.cluster.internal.wire.FrameBodies;
import dev.weft.cluster.internal.wire.FrameHead;
import java.util.Set;

/** The state that the parts of a node share. */
final class NodeState {

    /** A frame of which nobody knows whether it was sent. */
    private static final Ticket UNKNOWN = (head, body) -> false;

    final Guard guard = new Guard();
    final EngineClock clock = new EngineClock();
    final Counts counts = new Counts();
    final RoundTrips roundTrips = new RoundTrips();
    final News news;
    final Contexts contexts;

    /** This member's identity. */
    final String id;

    /** This member as others name it. */
    final String self;

    final Settings settings;
    final Transport transport;

    /** Takes no calls of others any more. Guarded. */
    boolean draining;

    /** Takes no calls of its own any more. Guarded. */
    boolean closing;

    /** Has the ticker look again at once. Called with the lock held. */
    Runnable wakeTicker = () -> {};

    NodeState(Settings settings, Transport transport, News news) {
        this.news = news;
        this.contexts = new Contexts(settings.contexts(), news, settings.name());
        this.id = transport.self().toString();
        this.self = new Member(id, settings.name(), Set.of(), 0, false).toString();
        this.settings = settings;
        this.transport = transport;
    }

    byte[] head(Session session, int type) {
        return FrameHead.write(type, session.mine, session.theirs, clock.nanos(), session.stamp);
    }

    /**
     * Into the outbox; all but calls and dumps are urgent. With the lock held, so that the order is that of what has
     * happened. Never fails: a frame that cannot be sent breaks the session.
     */
    void send(Session session, Frame frame) {
        try {
            send(session, frame, FrameBodies.write(frame));
        } catch (Throwable e) {
            session.broken(e);
        }
    }

    /** {@link #send(Session, Frame)} with the body, made without the lock. */
    Ticket send(Session session, Frame frame, byte[] body) {
        try {
            var urgent = !(frame instanceof Frame.Invoke || frame instanceof Frame.Told);
            if (urgent) { // no flow control holds it up
                session.echoed = session.stamp;
            }
            var head = head(session, FrameBodies.type(frame));
            var ticket = transport.send(session.peer, head, body, urgent);
            counts.bytesOut += head.length + body.length;
            return ticket;
        } catch (Throwable e) {
            session.broken(e);
            return UNKNOWN;
        }
    }

    /** Takes a call back, or sends a frame after it. With the lock held. @return whether it was taken back */
    boolean withdrawOr(Ticket ticket, Session session, Frame frame) {
        try {
            var body = FrameBodies.write(frame);
            var head = head(session, FrameBodies.type(frame));
            if (ticket.withdrawOr(head, body)) {
                return true;
            }
            counts.bytesOut += head.length + body.length;
        } catch (Throwable e) {
            session.broken(e);
        }
        return false;
    }
}
