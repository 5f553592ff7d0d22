package dev.weft.cli.model;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The six ways in which a URL can end up. Each ends up in exactly one. */
public enum Verdict {
    /** A final answer with a status of 200 to 299. */
    OK,
    /** A final answer with another status. */
    FAILED,
    /** No answer, or only a part: see {@link ErrorKind}. */
    ERROR,
    /** Its own limit passed. */
    TIMEOUT,
    /** It was under way when the run was ended, by its deadline or a signal. */
    CUT,
    /** It had not begun when the run was ended. */
    UNSTARTED;

    /** All but {@link #OK}. */
    public static final Set<Verdict> NOT_OK = Set.copyOf(EnumSet.complementOf(EnumSet.of(OK)));

    /** As in {@code timeout}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
