package dev.weft.cli.files;

import java.io.IOException;

/** Something is there that is not the user's own file or folder; the message says what it is. */
public final class NotOursException extends IOException {

    private static final long serialVersionUID = 1L;

    public NotOursException(String message) {
        super(message);
    }
}
