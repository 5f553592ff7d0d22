package dev.weft.cluster.internal.engine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that is known of one peer. Guarded. */
final class Link {

    final PeerId peer;

    /** Whether the peer is in the view. */
    boolean visible;

    /** The session now, or null. */
    @Nullable
    Session session;

    /** Sessions that are over, and have open calls that are not lost yet. */
    final List<Session> ending = new ArrayList<>();

    private long lastMine;

    /** Numbers of the peer up to this one are of sessions that are over. */
    long floor;

    Link(PeerId peer) {
        this.peer = peer;
    }

    long nextMine() {
        return ++lastMine;
    }

    /** The session that a frame belongs to, over or not. */
    @Nullable
    Session sessionOf(long theirs, long mine) {
        var now = session;
        if (now != null && now.established && now.mine == mine && now.theirs == theirs) {
            return now;
        }
        for (var over : ending) {
            if (over.mine == mine && over.theirs == theirs) {
                return over;
            }
        }
        return null;
    }
}
