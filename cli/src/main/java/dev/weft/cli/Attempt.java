package dev.weft.cli;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One try of a URL.
 *
 * @param retryAfter how long the server asks to wait before the next, or null if it does not
 */
record Attempt(Outcome outcome, @Nullable Duration retryAfter) {

    static Attempt of(Outcome outcome) {
        return new Attempt(outcome, null);
    }
}
