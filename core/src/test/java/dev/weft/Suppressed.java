package dev.weft;

import java.util.Arrays;
import java.util.List;

/** The failures that are suppressed into another, without the places where calls were made. */
public final class Suppressed {

    private Suppressed() {}

    public static List<Throwable> in(Throwable thrown) {
        return Arrays.stream(thrown.getSuppressed())
                .filter(suppressed -> !(suppressed instanceof CallerTrace))
                .toList();
    }
}
