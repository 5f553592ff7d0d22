package dev.weft.cli.http;

import java.io.IOException;

/** The client cannot ask for this URL at all. */
final class CannotAskException extends IOException {

    private static final long serialVersionUID = 1L;

    CannotAskException(String why) {
        super(why);
    }
}
