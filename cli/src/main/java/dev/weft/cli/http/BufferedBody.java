package dev.weft.cli.http;

import java.io.IOException;
import java.io.InputStream;

/** A body that is kept, to be read when it has ended. */
public interface BufferedBody extends BodySink {

    /** Reads it from its beginning. */
    InputStream open() throws IOException;
}
