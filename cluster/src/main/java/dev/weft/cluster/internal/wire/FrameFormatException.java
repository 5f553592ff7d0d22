package dev.weft.cluster.internal.wire;

import java.io.IOException;

/** Bytes from another member are not a frame. */
public final class FrameFormatException extends IOException {

    private static final long serialVersionUID = 1L;

    public FrameFormatException(String message) {
        super(message);
    }
}
