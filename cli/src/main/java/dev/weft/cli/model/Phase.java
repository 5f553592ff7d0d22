package dev.weft.cli.model;

import java.util.Locale;

/** How far an exchange has come. */
public enum Phase {
    /** Waiting for the host's address. */
    LOOKUP("no address for the host"),
    /** Connecting, sending, and waiting for the first bytes of the answer. */
    ANSWER("no answer"),
    /** Reading what follows the headers. */
    BODY("no end of the body"),
    /** With a member of a cluster, or waiting for one. */
    MEMBER("no answer of a member"),
    /** Waiting for its next try. */
    PAUSE("no further try");

    private final String missing;

    Phase(String missing) {
        this.missing = missing;
    }

    /** The thing that has not come, as in {@code no answer}. */
    public String missing() {
        return missing;
    }

    /** As in {@code answer}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
