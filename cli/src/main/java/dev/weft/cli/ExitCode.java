package dev.weft.cli;

/** What the program's exit says. */
final class ExitCode {

    /** All URLs are ok. */
    static final int OK = 0;
    /** Some are not. */
    static final int SOME_NOT_OK = 1;
    /** The command line is wrong, or there was nothing to fetch. */
    static final int USAGE = 2;
    /** A fault of the program itself: {@code EX_SOFTWARE}. */
    static final int INTERNAL = 70;
    /** The results cannot be written, as when the disk is full: {@code EX_IOERR}. */
    static final int CANNOT_WRITE = 74;
    /** The overall deadline came first; as {@code timeout(1)}. */
    static final int DEADLINE = 124;
    /** Ctrl-C, after the report. */
    static final int INTERRUPTED = 130;
    /** SIGTERM, after the report. */
    static final int TERMINATED = 143;
    /** Who reads the results has gone, as {@code head} does: what a shell shows for SIGPIPE. */
    static final int READER_GONE = 141;

    private ExitCode() {}
}
