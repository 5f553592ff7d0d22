package dev.weft.cli.http;

import dev.weft.cli.text.ByteText;
import java.io.IOException;

/** A body is longer than it may be. */
final class TooLargeException extends IOException {

    private static final long serialVersionUID = 1L;

    private TooLargeException(String message) {
        super(message);
    }

    static TooLargeException beyond(long limit) {
        return new TooLargeException("longer than " + ByteText.format(limit));
    }

    static TooLargeException announced(long length, long limit) {
        return new TooLargeException(ByteText.format(length) + " announced, more than " + ByteText.format(limit));
    }
}
