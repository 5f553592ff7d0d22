package dev.weft.cli.text;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Options that take one of a few words. */
public final class Choice {

    private Choice() {}

    /**
     * The value that is written so.
     *
     * @throws IllegalArgumentException with all there are in its message
     */
    public static <E extends Enum<E>> E parse(E[] values, String text) {
        return Arrays.stream(values)
                .filter(value -> value.toString().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is not known; write one of "
                        + Arrays.stream(values).map(Enum::toString).collect(Collectors.joining(", "))));
    }
}
