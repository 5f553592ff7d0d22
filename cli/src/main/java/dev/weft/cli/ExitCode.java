package dev.weft.cli;

import java.io.IOException;

/** What the program's exit says. */
final class ExitCode {

    /** All URLs are ok; the process has been looked into. */
    static final int OK = 0;
    /** Some are not; or there is an await cycle. */
    static final int SOME_NOT_OK = 1;
    /** The command line is wrong, or there was nothing to fetch. */
    static final int USAGE = 2;
    /** A fault of the program itself: {@code EX_SOFTWARE}. */
    static final int INTERNAL = 70;
    /** The results cannot be written, as when the disk is full: {@code EX_IOERR}. */
    static final int CANNOT_WRITE = 74;
    /** The process to look into is none, has gone, or has no Weft to be seen: {@code EX_UNAVAILABLE}. */
    static final int UNAVAILABLE = 69;
    /** The process to look into is another user's: {@code EX_NOPERM}. */
    static final int NOT_PERMITTED = 77;
    /** The overall deadline, or the limit for an answer, came first; as {@code timeout(1)}. */
    static final int DEADLINE = 124;
    /** Ctrl-C, after the report. */
    static final int INTERRUPTED = 130;
    /** SIGTERM, after the report. */
    static final int TERMINATED = 143;
    /** Who reads the results has gone, as {@code head} does: what a shell shows for SIGPIPE. */
    static final int READER_GONE = 141;

    private ExitCode() {}

    /** What it means that standard output takes no more. */
    static int notWritten(IOException failure) {
        // the JDK has no type for a reader who has gone
        return String.valueOf(failure.getMessage()).contains("pipe") ? READER_GONE : CANNOT_WRITE;
    }
}
