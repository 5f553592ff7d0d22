package dev.weft.cli.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Dates as headers have them. */
final class HttpDate {

    private static final String DAYS = "MonTueWedThuFriSatSun";
    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
    private static final int LENGTH = "Sun, 06 Nov 1994 08:49:37 GMT".length();

    private HttpDate() {}

    /** Reads one; null if the text is not a date. */
    static @Nullable Instant parse(String text) {
        try {
            var usual = usual(text);
            return usual != null
                    ? usual
                    : ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** The form that nearly all servers send, without the formatter, which costs twenty times as much; else null. */
    private static @Nullable Instant usual(String text) {
        if (text.length() != LENGTH || !text.endsWith(" GMT") || !text.startsWith(", ", 3)) {
            return null;
        }
        var day = number(text, 5, 7);
        var month = MONTHS.indexOf(text.substring(8, 11));
        var year = number(text, 12, 16);
        var hour = number(text, 17, 19);
        var minute = number(text, 20, 22);
        var second = number(text, 23, 25);
        if (day < 0 || month < 0 || month % 3 != 0 || year < 0 || hour < 0 || minute < 0 || second < 0) {
            return null;
        }
        if (text.charAt(7) != ' ' || text.charAt(11) != ' ' || text.charAt(16) != ' ') {
            return null;
        }
        if (text.charAt(19) != ':' || text.charAt(22) != ':') {
            return null;
        }
        var time = LocalDateTime.of(year, month / 3 + 1, day, hour, minute, second);
        var isDay = DAYS.startsWith(text.substring(0, 3), (time.getDayOfWeek().getValue() - 1) * 3);
        return isDay ? time.toInstant(ZoneOffset.UTC) : null;
    }

    /** The number that these digits are; less than 0 if there is something else among them. */
    private static int number(String text, int from, int to) {
        var number = 0;
        for (var i = from; i < to; i++) {
            var digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
