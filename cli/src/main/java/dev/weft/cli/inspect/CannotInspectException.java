package dev.weft.cli.inspect;

/** A process cannot be looked into. The message names the process, says why, and what to do about it. */
public final class CannotInspectException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Kind kind;

    CannotInspectException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** The reason. */
    public enum Kind {
        /** This Java has not what it takes to look into another. */
        NO_ATTACH_HERE,
        /** There is no such process. */
        NO_PROCESS,
        /** It is no Java process, or this very one. */
        NOT_A_JVM,
        /** It belongs to somebody else. */
        NOT_PERMITTED,
        /** It was started so that nobody can look into it. */
        REFUSED,
        /** It does not use Weft, or not where it can be found. */
        NO_WEFT,
        /** It did not answer within the time limit. */
        NO_ANSWER,
        /** It ended while it was looked into. */
        ENDED,
        /** It answered what nobody understands. */
        NOT_UNDERSTOOD
    }

    /** The reason. */
    public Kind kind() {
        return kind;
    }

    /** The message, which is never null. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
