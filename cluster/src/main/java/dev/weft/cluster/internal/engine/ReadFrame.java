package dev.weft.cluster.internal.engine;

import dev.weft.cluster.internal.wire.Frame;
import dev.weft.cluster.internal.wire.FrameBodies;
import dev.weft.cluster.internal.wire.FrameFormatException;
import dev.weft.cluster.internal.wire.FrameHead;
import org.jspecify.annotations.Nullable;

/**
 * A frame that has come.
 *
 * @param frame null if it cannot be read, or is of another version of the protocol
 * @param broken why it cannot be read; else empty
 */
record ReadFrame(int size, FrameHead head, @Nullable Frame frame, String broken) {

    private static final FrameHead NONE = new FrameHead(0, 0, 0, 0, 0, 0, 0);

    static ReadFrame of(byte[] bytes) {
        try {
            var head = FrameHead.read(bytes);
            var frame = head.major() == FrameHead.MAJOR ? FrameBodies.read(head, bytes) : null;
            return new ReadFrame(bytes.length, head, frame, "");
        } catch (FrameFormatException e) {
            return broken(bytes.length, e);
        }
    }

    static ReadFrame broken(int size, FrameFormatException why) {
        return new ReadFrame(size, NONE, null, String.valueOf(why.getMessage()));
    }
}
