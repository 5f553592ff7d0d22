package dev.weft.cli.links;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** A stream, unpacked if it is compressed with gzip, that ends with an exception when there is too much of it. */
final class Unpacked extends FilterInputStream {

    private final long max;
    private long count;

    private Unpacked(InputStream in, long max) {
        super(in);
        this.max = max;
    }

    /** There is more than is read; the message says how much is. */
    static final class TooLongException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLongException(long max) {
            super("it has more than " + max / 1_048_576 + " MiB");
        }
    }

    static InputStream of(InputStream in, long max) throws IOException {
        var buffered = new BufferedInputStream(in);
        return new BufferedInputStream(new Unpacked(unpacked(buffered), max));
    }

    private static InputStream unpacked(BufferedInputStream in) throws IOException {
        in.mark(2);
        var isGzip = in.read() == 0x1f && in.read() == 0x8b;
        in.reset();
        return isGzip ? new GZIPInputStream(in) : in;
    }

    @Override
    public int read() throws IOException {
        var b = super.read();
        count(b < 0 ? 0 : 1);
        return b;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        var some = super.read(bytes, offset, length);
        count(Math.max(0, some));
        return some;
    }

    private void count(int more) throws TooLongException {
        count += more;
        if (count > max) {
            throw new TooLongException(max);
        }
    }
}
