package dev.weft.cluster.internal.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * Several frames that go to one member as one message: most of what a small message costs does not depend on its size.
 */
public final class Bundle {

    /** At most so many bytes: less than the least that a frame may be limited to. */
    public static final int MAX_SIZE = 15 * 1024;

    /** Bytes of each frame, and of the whole, beside the frames. */
    public static final int OVERHEAD = 6;

    /** Differs from the first byte of a frame. */
    private static final int MAGIC = 0x58;

    private static final int FRAME = 1;

    private final FrameWriter out;

    /** @param expected the size of all frames, with {@link #OVERHEAD} for each and for the whole */
    public Bundle(int expected) {
        out = new FrameWriter(expected).raw(MAGIC);
    }

    /** Adds a frame of two parts. */
    public void add(byte[] head, byte[] body) {
        out.bytes(FRAME, head, body);
    }

    public byte[] toBytes() {
        return out.toBytes();
    }

    /** The frames of a message: those of a bundle, or the one that it is. */
    public static List<byte[]> frames(byte[] message) throws FrameFormatException {
        if (message.length == 0 || message[0] != MAGIC) {
            return List.of(message);
        }
        if (message.length > MAX_SIZE) {
            throw new FrameFormatException("a bundle of " + message.length + " bytes");
        }
        var frames = new ArrayList<byte[]>();
        var in = new FrameReader(message, 1, message.length);
        while (in.next()) {
            if (in.tag() == FRAME) {
                frames.add(in.bytes());
            }
        }
        return frames;
    }
}
