package dev.weft.cluster.internal.engine;

import dev.weft.cluster.HandlerVersion;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Chooses the member for a call. */
final class Placement {

    private Placement() {}

    /**
     * The session that a call may go to now: of those with a free share, one with the newest common version, and among
     * these with the largest free part of the member's limit. With an affinity there is one member, which may have no
     * free share.
     *
     * @param allowed null if all are
     * @return null if the call must wait
     */
    static @Nullable Session choose(
            Collection<Session> sessions,
            HandlerVersion handler,
            @Nullable String affinity,
            @Nullable Set<PeerId> allowed) {
        if (affinity != null) {
            var home = home(sessions, handler, affinity, allowed);
            return home != null && home.free() > 0 ? home : null;
        }
        Session best = null;
        var bestVersion = 0;
        for (var session : sessions) {
            var version = session.free() > 0 && takes(session, allowed) ? session.commonVersion(handler) : 0;
            if (version > bestVersion
                    || (best != null && version > 0 && version == bestVersion && isFreer(session, best))) {
                best = session;
                bestVersion = version;
            }
        }
        return best;
    }

    /** The one member for an affinity: the greatest hash of key and identity. Only its own loss moves its keys. */
    static @Nullable Session home(
            Collection<Session> sessions, HandlerVersion handler, String affinity, @Nullable Set<PeerId> allowed) {
        Session best = null;
        var bestHash = 0L;
        for (var session : sessions) {
            if (takes(session, allowed) && session.commonVersion(handler) > 0) {
                var hash = hash(affinity, session.peer);
                if (best == null || hash > bestHash || (hash == bestHash && session.peer.compareTo(best.peer) < 0)) {
                    best = session;
                    bestHash = hash;
                }
            }
        }
        return best;
    }

    /** Whether some member could run the call, now or later. */
    static boolean isServed(Collection<Session> sessions, HandlerVersion handler, @Nullable Set<PeerId> allowed) {
        for (var session : sessions) {
            if (takes(session, allowed) && session.commonVersion(handler) > 0) {
                return true;
            }
        }
        return false;
    }

    static boolean takes(Session session, @Nullable Set<PeerId> allowed) {
        return !session.member.draining() && (allowed == null || allowed.contains(session.peer));
    }

    private static boolean isFreer(Session one, Session other) {
        var left = (long) one.free() * Math.max(1, other.member.limit());
        var right = (long) other.free() * Math.max(1, one.member.limit());
        return left != right ? left > right : one.free() > other.free();
    }

    /** Mixes well enough that keys that differ little go to different members. */
    private static long hash(String key, PeerId peer) {
        var hash = peer.high() * 31 + peer.low();
        for (var i = 0; i < key.length(); i++) {
            hash = (hash ^ key.charAt(i)) * 0x100000001B3L;
        }
        hash = (hash ^ (hash >>> 32)) * 0xD6E8FEB86659FD93L;
        hash = (hash ^ (hash >>> 32)) * 0xD6E8FEB86659FD93L;
        return hash ^ (hash >>> 32);
    }
}
