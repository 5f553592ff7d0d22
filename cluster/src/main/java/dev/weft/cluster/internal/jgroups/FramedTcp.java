package dev.weft.cluster.internal.jgroups;

import java.io.DataInput;
import java.io.EOFException;
import java.io.InputStream;
import org.jgroups.Address;
import org.jgroups.protocols.TCP;
import org.jgroups.util.ByteArrayDataInputStream;

/**
 * JGroups over TCP, where a message ends with its frame. JGroups would read on: a message that claims to be longer than
 * its frame would hold what it has reserved for as long as its sender likes, and a broken one would leave the rest of
 * its frame to be taken for the next.
 */
final class FramedTcp extends TCP {

    private static final int SMALL = 64 * 1024;

    @Override
    public void receive(Address sender, DataInput in, int length) throws Exception {
        var frame = length > SMALL && in instanceof InputStream stream ? grown(stream, length) : whole(in, length);
        super.receive(sender, new ByteArrayDataInputStream(frame), length);
    }

    private static byte[] whole(DataInput in, int length) throws Exception {
        var frame = new byte[length];
        in.readFully(frame);
        return frame;
    }

    /** Takes memory only as bytes come. */
    private static byte[] grown(InputStream in, int length) throws Exception {
        var frame = in.readNBytes(length);
        if (frame.length < length) {
            throw new EOFException();
        }
        return frame;
    }
}
