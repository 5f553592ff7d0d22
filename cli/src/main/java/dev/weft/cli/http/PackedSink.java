package dev.weft.cli.http;

import dev.weft.cli.files.Untrusted;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * Keeps a long body in memory, packed while it comes: a sitemap takes a tenth of its length then. To be read when it
 * has ended, and unpacked while it is read.
 */
public final class PackedSink implements BufferedBody {

    private final Chunks chunks;
    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    private final DeflaterOutputStream packing;
    private boolean ended;

    /** Of the memory that there is, an eighth at most. */
    public PackedSink() {
        this(Runtime.getRuntime().maxMemory() / 8);
    }

    public PackedSink(long max) {
        chunks = new Chunks(max);
        packing = new DeflaterOutputStream(chunks, deflater, 16_384);
    }

    /** The packed bytes, in pieces, so that growing needs no copy. */
    private static final class Chunks extends OutputStream {
        private final long max;
        private final List<byte[]> chunks = new ArrayList<>();
        private long size;

        Chunks(long max) {
            this.max = max;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int count) throws IOException {
            size += count;
            if (size > max) {
                throw Untrusted.TooMuchException.ofMemory();
            }
            var chunk = new byte[count];
            System.arraycopy(bytes, offset, chunk, 0, count);
            chunks.add(chunk);
        }

        InputStream open() {
            return new SequenceInputStream(Collections.enumeration(
                    chunks.stream().map(ByteArrayInputStream::new).toList()));
        }
    }

    @Override
    public synchronized void write(ByteBuffer buffer) throws IOException {
        if (ended) {
            throw new IOException("it was given up");
        }
        var part = new byte[buffer.remaining()];
        buffer.get(part);
        packing.write(part);
    }

    @Override
    public synchronized InputStream open() throws IOException {
        if (!ended) {
            ended = true;
            packing.close();
            deflater.end();
        }
        return new InflaterInputStream(chunks.open());
    }
}
