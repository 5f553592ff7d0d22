package dev.weft.cli.check;

/** No document could be read, or no cache used. The message says why, and what to do; it may have several lines. */
public final class NothingToCheckException extends Exception {

    private static final long serialVersionUID = 1L;

    NothingToCheckException(String message) {
        super(message);
    }
}
