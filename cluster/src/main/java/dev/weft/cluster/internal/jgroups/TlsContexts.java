package dev.weft.cluster.internal.jgroups;

import dev.weft.cluster.internal.engine.Transport.Receiver;
import java.io.IOException;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/** Where the keys and certificates of a member come from. */
@FunctionalInterface
public interface TlsContexts {

    /** The supplier is asked for each handshake. {@code watch} is told of peers that it refuses. */
    Supplier<SSLContext> of(Receiver watch) throws IOException;
}
