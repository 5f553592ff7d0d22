package dev.weft.cluster.internal.engine;

import dev.weft.cluster.Member;
import dev.weft.cluster.NoMemberException;
import dev.weft.cluster.internal.engine.Waiter.State;
import dev.weft.cluster.internal.wire.Frame.Grant;
import dev.weft.cluster.internal.wire.Frame.Want;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Predicate;

/**
 * The caller's side of credits: a caller waits here until a member has a place for its call. Members are told how many
 * calls there are for them.
 */
final class Credits {

    private static final long WANT_NANOS = 20_000_000;
    private static final long TICK_NANOS = 50_000_000;

    private final NodeState node;
    private final Sessions sessions;
    private final CallQueue queue = new CallQueue();
    private long lastNumber;

    Credits(NodeState node, Sessions sessions) {
        this.node = node;
        this.sessions = sessions;
    }

    /** The place of a new call in the queue. With the lock held. */
    long nextNumber() {
        return ++lastNumber;
    }

    /** With the lock held. */
    int waiting() {
        return queue.size();
    }

    /** How many calls could be sent at once. With the lock held. */
    int free() {
        return sessions.usable().stream()
                .mapToInt(session -> Math.max(0, session.free()))
                .sum();
    }

    /**
     * Waits for a place, which must be used or given back. A cancellation point.
     *
     * @param number less than all others' for a call that was placed before
     */
    Session acquire(Request request, long number) throws InterruptedException {
        for (; ; ) {
            var waiter = enter(request, number);
            try {
                waiter.done.await();
            } catch (Throwable e) {
                node.guard.with(() -> leave(waiter));
                throw e;
            }
            switch (waiter.state) {
                case GRANTED -> {
                    var session = waiter.session;
                    if (session != null) {
                        return session;
                    }
                }
                case NO_MEMBER ->
                    throw new NoMemberException("no member serves " + request.handler()
                            + (request.isBound() ? " and fits the options of the call" : "")
                            + "; members: " + node.guard.ask(this::describe));
                case CLOSED -> throw new CancellationException("these workers are closed");
                case WAITING, ASK_AGAIN -> {}
            }
        }
    }

    /** Gives a place back. With the lock held. */
    void release(Session session) {
        session.reserved--;
        serve();
    }

    private Waiter enter(Request request, long number) {
        var condition = request.on();
        if (condition == null) {
            var waiter = new Waiter(request, number, null);
            node.guard.with(() -> enter(waiter, sessions.version()));
            return waiter;
        }
        var members = new HashMap<PeerId, Member>();
        var version = node.guard.ask(() -> {
            sessions.usable().forEach(session -> members.put(session.peer, session.member));
            return sessions.version();
        });
        var waiter = new Waiter(request, number, allowed(members, condition));
        node.guard.with(() -> enter(waiter, version));
        return waiter;
    }

    /** The condition is the user's own code: without the lock, in the caller's task. */
    private static Set<PeerId> allowed(Map<PeerId, Member> members, Predicate<? super Member> condition) {
        var allowed = new HashSet<PeerId>();
        members.forEach((peer, member) -> {
            if (condition.test(member)) {
                allowed.add(peer);
            }
        });
        return allowed;
    }

    private void enter(Waiter waiter, long version) {
        var request = waiter.request;
        if (node.closing) {
            finish(waiter, State.CLOSED);
        } else if (waiter.allowed != null && version != sessions.version()) {
            finish(waiter, State.ASK_AGAIN);
        } else if (hasNoMember(waiter)) {
            finish(waiter, State.NO_MEMBER);
        } else {
            var session = !request.isBound() && queue.hasUnbound(request.handler())
                    ? null
                    : Placement.choose(sessions.usable(), request.handler(), waiter.affinity(), waiter.allowed);
            if (session != null) {
                grant(waiter, session);
            } else {
                queue.add(waiter);
                askForMore();
            }
        }
    }

    private boolean hasNoMember(Waiter waiter) {
        return !waiter.request.waitForMember()
                && !Placement.isServed(sessions.usable(), waiter.request.handler(), waiter.allowed);
    }

    private void leave(Waiter waiter) {
        var session = waiter.session;
        if (waiter.state == State.WAITING) {
            queue.remove(waiter);
        } else if (session != null) {
            release(session);
        }
    }

    private void grant(Waiter waiter, Session session) {
        session.reserved++;
        waiter.session = session;
        finish(waiter, State.GRANTED);
    }

    private void finish(Waiter waiter, State state) {
        waiter.state = state;
        node.guard.later(waiter.done::set);
    }

    /** There may be places that were not there before. With the lock held. */
    void serve() {
        queue.serve(sessions.usable(), this::grant);
    }

    /** Members have come, gone or changed. With the lock held. */
    void membersChanged() {
        queue.take(waiter -> waiter.allowed != null).forEach(waiter -> finish(waiter, State.ASK_AGAIN));
        queue.take(this::hasNoMember).forEach(waiter -> finish(waiter, State.NO_MEMBER));
        serve();
        if (queue.size() > 0) {
            askForMore();
        }
    }

    /** With the lock held. */
    void closeAll() {
        queue.take(waiter -> true).forEach(waiter -> finish(waiter, State.CLOSED));
    }

    /** With the lock held. */
    void granted(Session session, Grant grant) {
        if (grant.sequence() > session.grantSequence) {
            session.grantSequence = grant.sequence();
            session.share = grant.share();
            serve();
            tell(session);
        }
    }

    private void askForMore() {
        var now = node.clock.nanos();
        for (var session : sessions.usable()) {
            if ((session.lastWant <= session.share && demand(session) > session.share)
                    || (now - session.lastWantAt >= WANT_NANOS && demand(session) > session.lastWant)) {
                tell(session);
            }
        }
        node.wakeTicker.run();
    }

    private int demand(Session session) {
        return session.open.size() + session.reserved + queue.waitingFor(session, sessions.usable());
    }

    private void tell(Session session) {
        session.lastWant = demand(session);
        session.lastWantAt = node.clock.nanos();
        node.send(session, new Want(session.grantSequence, session.lastWant));
    }

    /** Tells members what has changed. With the lock held. @return when something may be due again */
    long tick(long now) {
        var due = EngineClock.NEVER;
        for (var session : sessions.usable()) {
            if (session.member.limit() > 0) {
                var demand = demand(session);
                if (demand != session.lastWant && now - session.lastWantAt >= WANT_NANOS) {
                    tell(session);
                }
                if (demand > 0 || session.lastWant > 0) {
                    due = now + TICK_NANOS;
                }
            }
        }
        return due;
    }

    private String describe() {
        return sessions.usable().isEmpty()
                ? "none"
                : sessions.usable().stream()
                        .map(session -> session.member + (session.member.draining() ? " draining" : "") + " serves "
                                + session.member.handlers())
                        .limit(20)
                        .toList()
                        .toString();
    }
}
