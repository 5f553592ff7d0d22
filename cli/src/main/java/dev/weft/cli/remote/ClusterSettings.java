package dev.weft.cli.remote;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How this process becomes a member of a cluster.
 *
 * @param cluster the name that all members say
 * @param bind where it listens, as {@code 10.0.0.5:7800}; null for a free port at the address that the peers are
 *     reached from
 * @param peers some members, as {@code 10.0.0.5:7800}, or one {@code dns:NAME} whose addresses they have
 * @param tls the folder with its certificate, or null
 * @param isPlain whether it talks in plain text
 * @param isConfigured whether the {@linkplain OutsideMember settings outside} are taken, below these
 */
public record ClusterSettings(
        String cluster,
        @Nullable String bind,
        List<String> peers,
        @Nullable Path tls,
        boolean isPlain,
        boolean isConfigured) {

    /** Before the name of a host that has an address for each member. */
    public static final String DNS = "dns:";

    public ClusterSettings {
        peers = List.copyOf(peers);
    }
}
