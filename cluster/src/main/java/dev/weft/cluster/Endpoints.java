package dev.weft.cluster;

import dev.weft.cluster.internal.jgroups.Endpoint;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Settings that belong together. */
final class Endpoints {

    private Endpoints() {}

    /** @throws IllegalStateException if one is missing, or they do not go together; with the remedy */
    static Endpoint of(
            @Nullable InetSocketAddress at,
            List<InetSocketAddress> peers,
            @Nullable String dns,
            int maxFrame,
            boolean hasTls,
            boolean isInsecure) {
        if (at == null) {
            throw new IllegalStateException("bind(\"host:port\") says where this member listens, and is missing");
        }
        if (!hasTls && !isInsecure) {
            throw new IllegalStateException("members talk by TLS with certificates: say tls(Tls.fromPem(folder)); or"
                    + " insecure(), which needs a loopback address, for tests");
        }
        if (!hasTls && !at.getAddress().isLoopbackAddress()) {
            throw new IllegalStateException("insecure() is for loopback addresses only, and this one is " + at
                    + ": say tls(Tls.fromPem(folder))");
        }
        if (dns != null && at.getPort() == 0) {
            throw new IllegalStateException("joinDns(\"" + dns + "\") finds members at the port that this one has, so"
                    + " bind needs one, and has 0");
        }
        return new Endpoint(at, peers, dns, maxFrame);
    }
}
