package dev.weft.benchmarks.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where a member sits.
 *
 * @param peer what it runs
 * @param name a worker's begins with {@link Side#WORKER}
 * @param address its own
 * @param addresses of all that it may meet
 * @param certificates the folder of {@link Certificates}; empty for plain text
 */
record Seat(ClusterPeer peer, String name, String address, List<String> addresses, Optional<Path> certificates) {

    /** The largest value, and room for its head. */
    static final int MAX_FRAME = 2 << 20;

    boolean isWorker() {
        return name.startsWith(Side.WORKER);
    }

    String host() {
        return address.substring(0, address.lastIndexOf(':'));
    }

    int port() {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    /** The arguments of {@link MemberMain}. */
    List<String> arguments() {
        return List.of(
                peer.id(),
                name,
                address,
                String.join(",", addresses),
                certificates.map(Path::toString).orElse(""));
    }

    static Seat of(String... arguments) {
        return new Seat(
                ClusterPeer.find(arguments[0]).orElseThrow(),
                arguments[1],
                arguments[2],
                List.of(arguments[3].split(",")),
                arguments[4].isEmpty() ? Optional.empty() : Optional.of(Path.of(arguments[4])));
    }
}
