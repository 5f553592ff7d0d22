package dev.weft.cli.http;

import java.io.IOException;

/** A redirect leads nowhere. */
final class RedirectException extends IOException {

    private static final long serialVersionUID = 1L;

    RedirectException(String why) {
        super(why);
    }
}
