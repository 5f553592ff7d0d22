package dev.weft.cluster;

/**
 * How a call has ended. Each call has one of these, once.
 *
 * @since 0.1.0
 */
public enum CallOutcome {
    /** It has returned a value. */
    OK,
    /** The handler or a codec failed, a frame was too large, or no member would serve it. */
    FAILED,
    /** It was cancelled: by its caller, by the handler's member, or because workers were closed. */
    CANCELLED,
    /** A deadline has ended it. */
    EXPIRED,
    /** Its member was lost. */
    LOST
}
