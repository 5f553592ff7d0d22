package dev.weft.cli;

import java.io.IOException;
import java.io.InputStream;

/** A body that is kept, to be read when it has ended. */
interface BufferedBody extends BodySink {

    /** Reads it from its beginning. */
    InputStream open() throws IOException;
}
