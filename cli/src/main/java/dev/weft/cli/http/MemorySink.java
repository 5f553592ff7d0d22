package dev.weft.cli.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** Keeps a body in memory. To be read when it has ended. */
public final class MemorySink implements BufferedBody {

    private final Bytes bytes = new Bytes();

    /** Gives its bytes away without a copy. */
    private static final class Bytes extends ByteArrayOutputStream {
        InputStream open() {
            return new ByteArrayInputStream(buf, 0, count);
        }
    }

    @Override
    public void write(ByteBuffer buffer) {
        var part = new byte[buffer.remaining()];
        buffer.get(part);
        bytes.writeBytes(part);
    }

    @Override
    public InputStream open() {
        return bytes.open();
    }
}
