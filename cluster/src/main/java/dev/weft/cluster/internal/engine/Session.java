package dev.weft.cluster.internal.engine;

import dev.weft.cluster.HandlerVersion;
import dev.weft.cluster.Member;
import dev.weft.cluster.internal.wire.FrameHead;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of undisturbed talk with one peer. When either side has lost the other, the session is over for both, and
 * nothing of it counts any more. Guarded.
 */
final class Session {

    final PeerId peer;

    /** This side's number of it. */
    final long mine;

    /** The peer's number, or 0. */
    long theirs;

    /** Both sides know both numbers. */
    boolean established;

    /** The peer as it has told of itself. */
    Member member;

    boolean saidBye;

    /** A frame of it could not be sent or handled, as for want of memory: nobody can count on it any more. */
    @Nullable
    Throwable broken;

    // ---- signs of life

    long lastHeard;

    /** The greatest stamp of the peer. */
    long stamp;

    /** The time at which the peer's calls that run here are cancelled. */
    long leaseUntil;

    long nextBeat;

    /** The stamp of the peer that was sent back last. */
    long echoed;

    // ---- as its caller

    /** How many calls may be open there. */
    int share;

    long grantSequence;
    int lastWant;
    long lastWantAt;

    /** Calls that were placed there and are not sent yet. */
    int reserved;

    long nextId = 1;
    final Map<Long, OpenCall> open = new LinkedHashMap<>();

    /** The greatest id that the peer has told to have got. */
    long confirmedCall;

    /** The names of handlers that the peer turned out not to serve. */
    final Set<String> refused = new HashSet<>();

    /** When the open calls are lost; {@link EngineClock#NEVER} while the session lasts. */
    long lostAt = EngineClock.NEVER;

    // ---- as its member

    /** The share last granted. */
    int granted;

    /** The share that the peer may still believe to have. */
    int held;

    long sentGrant;
    int demand;

    /** It got no slot although it had a share; it has the next one. */
    boolean owed;

    /** A dump for the peer is being taken. */
    boolean isTelling;

    final Map<Long, RunningCall> running = new HashMap<>();
    long lastCall;

    Session(PeerId peer, long mine, long now, long lease, Member member) {
        this.peer = peer;
        this.mine = mine;
        this.member = member;
        this.lastHeard = now;
        this.leaseUntil = now + lease;
    }

    /** How many more calls may be placed there now. */
    int free() {
        return share - open.size() - reserved;
    }

    boolean isOver() {
        return lostAt != EngineClock.NEVER;
    }

    void broken(Throwable why) {
        if (broken == null) {
            broken = why;
        }
    }

    void heard(FrameHead head, long now, long lease) {
        lastHeard = now;
        stamp = Math.max(stamp, head.stamp());
        if (head.echo() > 0
                && head.echo() <= now) { // what is later was never sent, and would keep the session for ever
            leaseUntil = Math.max(leaseUntil, head.echo() + lease);
        }
    }

    /** The newest version of {@code handler} that both accept; 0 if none. */
    int commonVersion(HandlerVersion handler) {
        if (refused.contains(handler.name())) {
            return 0;
        }
        for (var served : member.handlers()) {
            if (served.name().equals(handler.name())) {
                return handler.commonWith(served);
            }
        }
        return 0;
    }
}
