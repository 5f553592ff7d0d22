package dev.weft.cli.model;

/** How a run came to its end. */
public enum Ending {
    /** Every URL had its own end. */
    COMPLETE,
    /** The overall deadline passed first. */
    DEADLINE,
    /** It was asked to stop, as by Ctrl-C. */
    STOPPED,
    /** The results could not be written any more. */
    CANNOT_WRITE
}
