package dev.weft.cli.http;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The header of that name, RFC 9110, section 10.2.3: so many seconds, or a date. */
public final class RetryAfter {

    private static final int MAX_DIGITS = 9;
    /** In seconds, 31 years: what is longer is not longer for a run. */
    private static final long FOREVER = 999_999_999;

    private RetryAfter() {}

    /** How long to wait; null if nothing is said, or nothing that has a meaning. */
    public static @Nullable Duration of(HttpHeaders headers, Instant now) {
        var value = headers.firstValue("Retry-After").orElse("").strip();
        if (value.matches("\\d+")) {
            var digits = value.replaceFirst("^0+(?=\\d)", "");
            return Duration.ofSeconds(digits.length() > MAX_DIGITS ? FOREVER : Long.parseLong(digits));
        }
        var until = HttpDate.parse(value);
        if (until == null) {
            return null;
        }
        // by the server's own clock, if it tells it: ours may be another
        var then = HttpDate.parse(headers.firstValue("Date").orElse("").strip());
        var wait = Duration.between(then == null ? now : then, until);
        return wait.isNegative() ? Duration.ZERO : wait;
    }
}
