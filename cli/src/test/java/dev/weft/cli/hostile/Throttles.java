package dev.weft.cli.hostile;

import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/**
 * Asks to come again later: {@code /throttle/1?status=503&after=2&times=1} the first time, and is honest then.
 * {@code after} is sent as it is; {@code date=N} becomes an HTTP date in N seconds; without either, nothing is said.
 */
final class Throttles {

    private Throttles() {}

    static void addTo(Map<String, Behaviour> all) {
        all.put("throttle", Throttles::answer);
    }

    private static void answer(Visit visit) throws IOException {
        if (visit.earlier() >= visit.number("times", 1)) {
            visit.ok("at last");
            return;
        }
        var after = visit.text("after", "");
        var seconds = visit.number("date", Integer.MIN_VALUE);
        if (seconds != Integer.MIN_VALUE) {
            after = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                    ZonedDateTime.now(ZoneOffset.UTC).plus(Duration.ofSeconds(seconds)));
        }
        visit.end("HTTP/1.1 " + visit.number("status", 429) + " Later\r\n"
                + (after.isEmpty() ? "" : "Retry-After: " + after + "\r\n") + "Content-Length: 0\r\n\r\n");
        visit.keepAlive();
    }
}
