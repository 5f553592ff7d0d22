package dev.weft.cluster.internal.jgroups;

import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a member is, and where it finds others.
 *
 * @param bind the address and port of the member; port 0 for any that is free
 * @param peers some members, which tell of the others
 * @param dns a name with an address for each member, or null
 */
public record Endpoint(
        InetSocketAddress bind,
        List<InetSocketAddress> peers,
        @Nullable String dns,
        int maxFrame) {

    boolean isAtAnyPort() {
        return bind.getPort() == 0;
    }
}
