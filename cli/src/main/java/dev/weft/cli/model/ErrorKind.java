package dev.weft.cli.model;

import java.util.Locale;

/** The kind of error that prevented an answer. */
public enum ErrorKind {
    /** The host's name could not be resolved. */
    DNS,
    /** Nobody answers at the address and port. */
    CONNECT,
    /** No agreement on a secure connection: certificates, protocol versions. */
    TLS,
    /** The connection broke, or what came is not HTTP. */
    IO,
    /** A loop of redirects, too many, or one that is not followed. */
    REDIRECT,
    /** A body that is longer than it may be. */
    SIZE,
    /** A body that could not be written to its file. */
    FILE,
    /** Not a URL that can be fetched. */
    URL,
    /** A list of URLs could not be read. */
    INPUT,
    /** The member that fetched it is lost, and so is every other that it was given to. */
    LOST,
    /** A fault of this program. */
    INTERNAL;

    /** As in {@code dns}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
