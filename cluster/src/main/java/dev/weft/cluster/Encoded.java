package dev.weft.cluster;

import java.io.IOException;

/** The bytes that codecs make. */
final class Encoded {

    private Encoded() {}

    static <T> byte[] of(Codec<T> codec, T value) throws IOException {
        byte[] bytes = codec.encode(value);
        if (isMissing(bytes)) {
            throw new IOException("the codec " + codec.getClass().getName() + " returned null");
        }
        return bytes;
    }

    /** Codecs are foreign code, perhaps without nullness checks. */
    private static boolean isMissing(Object bytes) {
        return bytes == null;
    }

    static String tooLarge(String what, int size, int limit) {
        return what + " has " + size + " bytes, and " + limit
                + " fit into a frame: raise maxFrame on all members, or pass a key to where the data is";
    }
}
