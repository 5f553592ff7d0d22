package dev.weft.cli.http;

import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Undoes the {@code Content-Encoding} of a body as its bytes come: gzip and deflate. The format of gzip is read by
 * hand, since Java's own reads from a stream and would have to wait for bytes. Not thread-safe.
 */
final class Unpacking implements AutoCloseable {

    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int CHECKSUM = 2;

    private static final byte[] MAGIC = {0x1f, (byte) 0x8b};

    private final boolean isGzip;
    private final byte[] unpacked = new byte[16_384];
    private final CRC32 checksum = new CRC32();
    private @Nullable Inflater inflater;
    private State state;
    private int at;
    private int flags;
    private int left;
    private long trailer;
    private boolean begun;
    /** It is not gzip, whatever its head says: it stays as it is. */
    private boolean isPlain;

    private enum State {
        HEADER,
        EXTRA_LENGTH,
        EXTRA_FIELD,
        NAME_TEXT,
        COMMENT_TEXT,
        HEADER_CHECKSUM,
        DATA,
        TRAILER,
        ENDED
    }

    private Unpacking(boolean isGzip) {
        this.isGzip = isGzip;
        this.state = isGzip ? State.HEADER : State.DATA;
    }

    /** The unpacking stream; null if there is nothing to unpack, or the coding is unknown. */
    static @Nullable Unpacking of(HttpHeaders headers) {
        var codings = codings(headers);
        return codings.size() == 1 && isKnown(codings.getFirst()) ? new Unpacking(isGzip(codings.getFirst())) : null;
    }

    /** The coding that nobody here knows how to undo; null if there is none. */
    static @Nullable String unknown(HttpHeaders headers) {
        var codings = codings(headers);
        return codings.isEmpty() || (codings.size() == 1 && isKnown(codings.getFirst()))
                ? null
                : String.join(", ", codings);
    }

    private static List<String> codings(HttpHeaders headers) {
        return headers.allValues("Content-Encoding").stream()
                .flatMap(value -> Stream.of(value.split(",", -1)))
                .map(coding -> coding.strip().toLowerCase(Locale.ROOT))
                .filter(Predicate.not(coding -> coding.isEmpty() || coding.equals("identity")))
                .toList();
    }

    private static boolean isKnown(String coding) {
        return isGzip(coding) || coding.equals("deflate");
    }

    private static boolean isGzip(String coding) {
        return coding.equals("gzip") || coding.equals("x-gzip");
    }

    /** Takes all that remains in the buffer, and hands on what is in it, in small pieces. */
    void write(ByteBuffer packed, BodySink to) throws IOException {
        while (packed.hasRemaining() && state != State.ENDED) {
            begun = true;
            if (isPlain) {
                to.write(packed);
                break;
            } else if (state == State.DATA) {
                inflate(packed, to);
            } else {
                take(packed.get() & 0xff, to);
            }
        }
        packed.position(packed.limit());
    }

    private void take(int b, BodySink to) throws IOException {
        switch (state) {
            case HEADER -> header(b, to);
            case EXTRA_LENGTH -> {
                left |= b << (8 * at++);
                if (at == 2) {
                    enter(left == 0 ? afterExtra() : State.EXTRA_FIELD);
                }
            }
            case EXTRA_FIELD -> {
                if (--left == 0) {
                    enter(afterExtra());
                }
            }
            case NAME_TEXT -> {
                if (b == 0) {
                    enter(afterName());
                }
            }
            case COMMENT_TEXT -> {
                if (b == 0) {
                    enter(afterComment());
                }
            }
            case HEADER_CHECKSUM -> {
                if (++at == 2) {
                    enter(State.DATA);
                }
            }
            case TRAILER -> trailer(b);
            case DATA, ENDED -> throw new IllegalStateException(state.name());
        }
    }

    private void header(int b, BodySink to) throws IOException {
        var isWrong = (at == 0 && b != 0x1f) || (at == 1 && b != 0x8b) || (at == 2 && b != 8);
        if (isWrong) {
            if (trailer != 0) {
                state = State.ENDED; // something after the end, which others pass over too
            } else {
                isPlain = true;
                to.write(ByteBuffer.wrap(MAGIC, 0, at));
                to.write(ByteBuffer.wrap(new byte[] {(byte) b}));
            }
            return;
        }
        if (at == 3) {
            flags = b;
        }
        if (++at == 10) {
            left = 0;
            enter((flags & EXTRA) != 0 ? State.EXTRA_LENGTH : afterExtra());
        }
    }

    private State afterExtra() {
        return (flags & NAME) != 0 ? State.NAME_TEXT : afterName();
    }

    private State afterName() {
        return (flags & COMMENT) != 0 ? State.COMMENT_TEXT : afterComment();
    }

    private State afterComment() {
        return (flags & CHECKSUM) != 0 ? State.HEADER_CHECKSUM : State.DATA;
    }

    private void enter(State next) {
        state = next;
        at = 0;
    }

    private void inflate(ByteBuffer packed, BodySink to) throws IOException {
        var inflating = inflater;
        if (inflating == null) {
            // "deflate" is zlib's format by the book, and without its head in practice
            var isBare = isGzip || (packed.get(packed.position()) & 0x0f) != 8;
            inflating = new Inflater(isBare);
            inflater = inflating;
        }
        inflating.setInput(packed);
        try {
            while (true) {
                var count = inflating.inflate(unpacked);
                if (count > 0) {
                    checksum.update(unpacked, 0, count);
                    to.write(ByteBuffer.wrap(unpacked, 0, count));
                } else if (inflating.finished()) {
                    close();
                    enter(isGzip ? State.TRAILER : State.ENDED);
                    return;
                } else if (inflating.needsDictionary()) {
                    throw notPacked();
                } else {
                    return;
                }
            }
        } catch (DataFormatException e) {
            var broken = notPacked();
            broken.initCause(e);
            throw broken;
        }
    }

    private void trailer(int b) throws IOException {
        if (at < 4) {
            trailer = (at == 0 ? 0 : trailer) | (long) b << (8 * at);
        }
        if (++at == 4 && trailer != checksum.getValue()) {
            throw new IOException("the packed body is broken: its checksum is wrong");
        }
        if (at == 8) {
            checksum.reset();
            trailer = 1; // another part may follow
            enter(State.HEADER);
        }
    }

    /** Whether it was packed at all. */
    boolean wasPacked() {
        return !isPlain;
    }

    private static IOException notPacked() {
        return new IOException("the packed body is broken");
    }

    /** There is no more. */
    void end() throws IOException {
        var isWhole = !begun || isPlain || state == State.ENDED || (state == State.HEADER && at == 0 && trailer != 0);
        if (!isWhole) {
            throw new IOException("the packed body is not whole");
        }
    }

    @Override
    public void close() {
        if (inflater != null) {
            inflater.end();
            inflater = null;
        }
    }
}
