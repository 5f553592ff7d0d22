package dev.weft.cli.model;

import java.io.IOException;

/** The exit codes of the program. */
public final class ExitCode {

    /** All URLs are ok; the process has been looked into. */
    public static final int OK = 0;
    /** Some are not; or there is an await cycle. */
    public static final int SOME_NOT_OK = 1;
    /** The command line is wrong, or there was nothing to fetch. */
    public static final int USAGE = 2;
    /** A fault of the program itself: {@code EX_SOFTWARE}. */
    public static final int INTERNAL = 70;
    /** The results cannot be written, as when the disk is full: {@code EX_IOERR}. */
    public static final int CANNOT_WRITE = 74;
    /** The process to look into is none, has gone, or has no Weft to be seen: {@code EX_UNAVAILABLE}. */
    public static final int UNAVAILABLE = 69;
    /** The process to look into is another user's: {@code EX_NOPERM}. */
    public static final int NOT_PERMITTED = 77;
    /** The overall deadline, or the limit for an answer, came first; as {@code timeout(1)}. */
    public static final int DEADLINE = 124;
    /** Ctrl-C, after the report. */
    public static final int INTERRUPTED = 130;
    /** SIGTERM, after the report. */
    static final int TERMINATED = 143;
    /** The reader of the results has gone, as {@code head} does: the code that a shell shows for SIGPIPE. */
    static final int READER_GONE = 141;

    private ExitCode() {}

    /** The exit code when standard output takes no more. */
    public static int notWritten(IOException failure) {
        // the JDK has no type for a reader who has gone
        return String.valueOf(failure.getMessage()).contains("pipe") ? READER_GONE : CANNOT_WRITE;
    }
}
