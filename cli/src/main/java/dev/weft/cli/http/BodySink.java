package dev.weft.cli.http;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Where a body goes. Called by one thread at a time. */
@FunctionalInterface
interface BodySink {

    /** For what is only counted. */
    BodySink NOWHERE = _ -> {};

    /** Takes all that remains in the buffer. */
    void write(ByteBuffer bytes) throws IOException;
}
