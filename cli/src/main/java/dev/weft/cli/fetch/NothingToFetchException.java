package dev.weft.cli.fetch;

/** The inputs hold no line that could be a URL. The message says why, and what to do. */
public final class NothingToFetchException extends Exception {

    private static final long serialVersionUID = 1L;

    NothingToFetchException(String message) {
        super(message);
    }
}
