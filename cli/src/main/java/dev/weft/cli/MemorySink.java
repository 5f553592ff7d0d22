package dev.weft.cli;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Keeps a body in memory. To be read when it has ended. */
final class MemorySink implements BodySink {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public void write(ByteBuffer buffer) {
        var part = new byte[buffer.remaining()];
        buffer.get(part);
        bytes.writeBytes(part);
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }
}
