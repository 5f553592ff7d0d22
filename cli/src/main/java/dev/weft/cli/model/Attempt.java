package dev.weft.cli.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One try of a URL.
 *
 * @param retryAfter how long the server asks to wait before the next, or null if it does not
 */
public record Attempt(Outcome outcome, @Nullable Duration retryAfter) {

    public static Attempt of(Outcome outcome) {
        return new Attempt(outcome, null);
    }
}
