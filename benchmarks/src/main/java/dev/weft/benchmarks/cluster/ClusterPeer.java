package dev.weft.benchmarks.cluster;

import java.util.Optional;
import java.util.stream.Stream;

/** The peers: Weft's cluster and what stands beside it. */
enum ClusterPeer {
    WEFT("weft", "Weft", Kind.WEFT, false),
    WEFT_TLS("weft-tls", "Weft, TLS", Kind.WEFT, true),
    WEFT_AT_ONCE("weft-at-once", "Weft, `AT_ONCE`", Kind.WEFT, false),
    JGROUPS("jgroups", "bare JGroups", Kind.JGROUPS, false),
    JGROUPS_TLS("jgroups-tls", "bare JGroups, TLS", Kind.JGROUPS, true),
    HAZELCAST("hazelcast", "Hazelcast", Kind.HAZELCAST, false);

    /** The code that a member runs. */
    enum Kind {
        WEFT,
        JGROUPS,
        HAZELCAST
    }

    private final String id;
    private final String title;
    private final Kind kind;
    private final boolean isSecured;

    ClusterPeer(String id, String title, Kind kind, boolean isSecured) {
        this.id = id;
        this.title = title;
        this.kind = kind;
        this.isSecured = isSecured;
    }

    String id() {
        return id;
    }

    String title() {
        return title;
    }

    Kind kind() {
        return kind;
    }

    boolean isOurs() {
        return kind == Kind.WEFT;
    }

    boolean isSecured() {
        return isSecured;
    }

    /** The one of ours that it is compared with. */
    ClusterPeer ours() {
        return isSecured ? WEFT_TLS : WEFT;
    }

    static Optional<ClusterPeer> find(String id) {
        return Stream.of(values()).filter(peer -> peer.id.equals(id)).findFirst();
    }
}
