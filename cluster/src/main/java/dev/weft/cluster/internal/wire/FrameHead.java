package dev.weft.cluster.internal.wire;

/**
 * The beginning of each frame.
 *
 * @param major the version of the protocol; members of different ones do not talk
 * @param type of the frame that follows
 * @param from the sender's number of the session
 * @param to the receiver's number of the session, as far as the sender knows; 0 if it does not
 * @param stamp the sender's clock, which the receiver only sends back
 * @param echo the greatest stamp received in this session
 * @param size how many bytes the head has
 */
public record FrameHead(int major, int type, long from, long to, long stamp, long echo, int size) {

    public static final int MAJOR = 1;

    /** More bytes than any head has. */
    public static final int MAX_SIZE = 64;

    private static final int MAGIC = 0x57;

    public static byte[] write(int type, long from, long to, long stamp, long echo) {
        return new FrameWriter(40)
                .raw(MAGIC)
                .raw(MAJOR)
                .raw(type)
                .varint(from)
                .varint(to)
                .varint(stamp)
                .varint(echo)
                .toBytes();
    }

    public static FrameHead read(byte[] frame) throws FrameFormatException {
        var in = new FrameReader(frame, 0, Math.min(frame.length, MAX_SIZE));
        if (in.raw() != MAGIC) {
            throw new FrameFormatException("not a frame");
        }
        var major = in.raw();
        if (major != MAJOR) {
            return new FrameHead(major, 0, 0, 0, 0, 0, 0); // what follows may have another form
        }
        var type = in.raw();
        var from = in.varint();
        var to = in.varint();
        var stamp = in.varint();
        var echo = in.varint();
        if (from < 0 || to < 0 || stamp < 0 || echo < 0) {
            throw new FrameFormatException("a number of the head is negative");
        }
        return new FrameHead(major, type, from, to, stamp, echo, in.position());
    }
}
