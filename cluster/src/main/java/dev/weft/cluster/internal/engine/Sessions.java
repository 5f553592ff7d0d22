package dev.weft.cluster.internal.engine;

import dev.weft.cluster.Member;
import dev.weft.cluster.internal.wire.Frame.Beat;
import dev.weft.cluster.internal.wire.Frame.Bye;
import dev.weft.cluster.internal.wire.Frame.Hello;
import dev.weft.cluster.internal.wire.FrameHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Begins and ends the sessions with all peers. All methods are called with the lock held.
 *
 * <p>A HELLO begins a session, and confirms the peer's. A session is over when the peer leaves the view or the cluster,
 * when it begins another, or when the lease has run out: for a time the peer has not shown that it hears this side.
 */
final class Sessions {

    /** Peers that have left are remembered, so that late frames of theirs are known as such; so many of them. */
    private static final int MAX_LINKS = 1_000;

    /** Is told with the lock held. */
    interface Events {
        /** The calls that the peer has running here must be cancelled. */
        void over(Session session);

        /** The peer has left in good order: it runs nothing, and calls that are open there have not begun. */
        void left(Session session);

        /** The open calls there are lost now. */
        void lost(Session session);

        /** The usable sessions, or what is known of their members, are others now. */
        void changed();
    }

    private final NodeState node;
    private final Events events;
    private final Map<PeerId, Link> links = new TreeMap<>();
    private List<Session> usable = List.of();
    private long version;
    private @Nullable Runnable whenAlone;

    /** This side has given all others up: their going is no news. */
    private boolean isAlone;

    Sessions(NodeState node, Events events) {
        this.node = node;
        this.events = events;
    }

    /** Those that calls can be placed in. Not changed any more. */
    List<Session> usable() {
        return usable;
    }

    /** Grows when {@link #usable} or a member in it changes. */
    long version() {
        return version;
    }

    /** All that are not over, and those whose open calls are not lost yet. */
    List<Session> all() {
        var all = new ArrayList<Session>();
        for (var link : links.values()) {
            all.addAll(link.ending);
            if (link.session != null) {
                all.add(link.session);
            }
        }
        return all;
    }

    void view(Set<PeerId> members) {
        for (var link : List.copyOf(links.values())) {
            if (link.visible && !members.contains(link.peer)) {
                link.visible = false;
                end(link, afterSilence(link));
            }
        }
        for (var peer : members) {
            if (peer.equals(node.transport.self()) && !node.settings.local()) {
                continue;
            }
            var link = links.computeIfAbsent(peer, Link::new);
            if (!link.visible) {
                link.visible = true;
                if (link.session == null) {
                    begin(link);
                } else {
                    refresh(); // it was the first to see the other
                }
            }
        }
        forgetSome();
    }

    void hello(PeerId from, FrameHead head, Hello hello) {
        if (links.size() >= MAX_LINKS && !links.containsKey(from)) {
            node.counts.dropped++; // a flood of strangers
            return;
        }
        var link = links.computeIfAbsent(from, Link::new);
        var session = link.session;
        if (head.from() <= link.floor || (session != null && head.from() < session.theirs)) {
            node.counts.dropped++;
            return;
        }
        if (session != null && session.established && session.theirs != head.from()) {
            // the peer has given the old one up, and what it ran is being cancelled
            end(link, node.clock.nanos() + Settings.AFTER_LEASE.toNanos());
            session = null;
        }
        if (session == null) {
            session = create(link);
        }
        var isNews = session.theirs != head.from();
        session.theirs = head.from();
        session.member = new Member(
                from.toString(), hello.name(), Set.copyOf(hello.handlers()), hello.limit(), hello.draining());
        session.heard(head, node.clock.nanos(), node.settings.suspectNanos());
        if (isNews || head.to() != session.mine) {
            sendHello(session);
        }
        if (!session.established && head.to() == session.mine) {
            session.established = true;
            session.nextBeat = node.clock.nanos() + node.settings.beatNanos();
        }
        if (session.established) {
            refresh();
        }
    }

    /** The session of a frame that has come, over or not; null if it is one of which nothing counts any more. */
    @Nullable
    Session heard(PeerId from, FrameHead head) {
        var link = links.get(from);
        var session = link == null ? null : link.sessionOf(head.from(), head.to());
        if (session != null && !session.isOver()) {
            session.heard(head, node.clock.nanos(), node.settings.suspectNanos());
        }
        return session;
    }

    /** Something of the peer's could not be handled. */
    void broken(PeerId from, Throwable why) {
        var link = links.get(from);
        var session = link == null ? null : link.session;
        if (session != null) {
            session.broken(why);
        }
    }

    void bye(Session session) {
        if (whenAlone == null) {
            node.send(session, new Bye()); // so that the peer knows that all it sent has come
        }
        session.saidBye = true;
        events.left(session);
        var link = links.get(session.peer);
        if (link != null && link.session == session) {
            end(link, 0);
        }
    }

    /** Tells all peers about this member, for something about it has changed. */
    void tellAll() {
        for (var session : usable) {
            sendHello(session);
        }
    }

    /** Says good-bye. {@code alone} is run, without the lock, when all peers have answered. */
    void leave(Runnable alone) {
        whenAlone = alone;
        for (var session : all()) {
            if (session.established && !session.isOver()) {
                node.send(session, new Bye());
            }
        }
        noteAlone();
    }

    private void noteAlone() {
        var alone = whenAlone;
        if (alone != null
                && links.values().stream().allMatch(link -> link.session == null || !link.session.established)) {
            node.guard.later(alone);
        }
    }

    /** Gives all peers up. */
    void endAll() {
        isAlone = true;
        for (var link : List.copyOf(links.values())) {
            link.visible = false;
            end(link, 0);
            for (var over : link.ending) {
                over.lostAt = 0;
            }
        }
        tick(node.clock.nanos());
    }

    /** Does what is due. @return when something is due again */
    long tick(long now) {
        var due = EngineClock.NEVER;
        for (var link : List.copyOf(links.values())) {
            var session = link.session;
            if (session != null && (now >= session.leaseUntil || (session.broken != null && now >= session.nextBeat))) {
                tellOfBreak(session);
                end(link, afterSilence(link));
                if (link.visible) {
                    begin(link);
                }
            }
            due = Math.min(due, lose(link, now));
            session = link.session;
            if (session != null) {
                if (now >= session.nextBeat) {
                    beat(session, now);
                }
                due = Math.min(due, Math.min(session.nextBeat, session.leaseUntil));
            }
        }
        return due;
    }

    private long lose(Link link, long now) {
        var due = EngineClock.NEVER;
        for (var over : List.copyOf(link.ending)) {
            if (now >= over.lostAt) {
                events.lost(over);
                link.ending.remove(over);
            } else {
                due = Math.min(due, over.lostAt);
            }
        }
        return due;
    }

    /** The peer waits for its stamp to come back: what it has not got back yet goes at once, unless it is fresh. */
    void beaten(Session session) {
        if (session.stamp - session.echoed > node.settings.beatNanos() / 4) {
            node.send(session, new Beat(session.lastCall));
        }
    }

    private void beat(Session session, long now) {
        session.nextBeat = now + node.settings.beatNanos();
        if (session.established) {
            node.send(session, new Beat(session.lastCall));
        } else {
            sendHello(session);
        }
    }

    private void begin(Link link) {
        sendHello(create(link));
    }

    private Session create(Link link) {
        var now = node.clock.nanos();
        var unknown = new Member(link.peer.toString(), "?", Set.of(), 0, false);
        var session = new Session(link.peer, link.nextMine(), now, node.settings.suspectNanos(), unknown);
        session.nextBeat = now + node.settings.beatNanos();
        link.session = session;
        node.wakeTicker.run();
        return session;
    }

    private void sendHello(Session session) {
        var settings = node.settings;
        node.send(session, new Hello(settings.name(), settings.limit(), node.draining, settings.handlers()));
    }

    /** By then a member that is cut off has cancelled what it ran. */
    private long afterSilence(Link link) {
        var session = link.session;
        return session == null ? 0 : session.lastHeard + node.settings.lostNanos();
    }

    /** @param lostAt when nothing of the open calls can be running any more */
    private void end(Link link, long lostAt) {
        var session = link.session;
        if (session == null) {
            return;
        }
        link.ending.add(session); // it is lost from here, whatever fails in between
        var now = node.clock.nanos();
        session.lostAt = node.settings.atOnce() ? now : Math.max(now, lostAt);
        link.session = null;
        if (session.established) { // else the peer may still have that number, and would be refused for ever
            link.floor = Math.max(link.floor, session.theirs);
        }
        tellOfEnd(session);
        refresh();
        noteAlone();
        events.over(session);
        lose(link, now);
        if (session.lostAt > now) {
            node.wakeTicker.run();
        }
    }

    private void tellOfBreak(Session session) {
        var why = session.broken;
        if (why != null) {
            var what = "the session with " + session.member + " is over, as a frame could not be sent or handled";
            node.guard.later(() -> node.news.report(what, why));
        }
    }

    private void tellOfEnd(Session session) {
        if (isAlone || !usable.contains(session)) {
            return;
        }
        var member = session.member;
        if (!session.saidBye) {
            node.counts.suspicions++;
        }
        if (node.news.isWanted()) {
            node.guard.later(() -> node.news.tell(
                    session.saidBye
                            ? listener -> listener.memberLeft(member)
                            : listener -> listener.memberSuspected(member)));
        }
    }

    private void tellOfBegin(Session session) {
        if (node.news.isWanted() && !usable.contains(session)) {
            var member = session.member;
            node.guard.later(() -> node.news.tell(listener -> listener.memberJoined(member)));
        }
    }

    private void refresh() {
        var now = new ArrayList<Session>();
        for (var link : links.values()) {
            if (link.visible && link.session != null && link.session.established) {
                now.add(link.session);
                tellOfBegin(link.session);
            }
        }
        usable = List.copyOf(now);
        version++;
        events.changed();
    }

    private void forgetSome() {
        if (links.size() > MAX_LINKS) {
            links.values().removeIf(link -> !link.visible && link.session == null && link.ending.isEmpty());
        }
    }
}
