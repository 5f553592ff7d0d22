package dev.weft.cli.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The quick way reads what the JDK's formatter reads, and nothing else. */
class HttpDateTest {

    private static final DateTimeFormatter USUAL =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT);

    private static @Nullable Instant byFormatter(String text) {
        try {
            return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    @Test
    void dates_areRead() {
        var random = new Random(1);
        for (var i = 0; i < 2_000; i++) {
            var instant = Instant.ofEpochSecond(random.nextLong(4_000_000_000L));
            assertThat(HttpDate.parse(USUAL.format(instant.atOffset(ZoneOffset.UTC))))
                    .isEqualTo(instant);
        }
        assertThat(HttpDate.parse("Sun, 6 Nov 1994 08:49:37 GMT"))
                .as("a day of one digit")
                .isEqualTo("1994-11-06T08:49:37Z");
        assertThat(HttpDate.parse("Sun, 06 Nov 1994 08:49:37 +0100")).isEqualTo("1994-11-06T07:49:37Z");
    }

    @Test
    void nearlyDates_areReadAsTheFormatterReadsThem() {
        var right = "Sun, 06 Nov 1994 08:49:37 GMT";
        var random = new Random(2);
        for (var i = 0; i < 20_000; i++) {
            var wrong = new StringBuilder(right);
            for (var changes = random.nextInt(3); changes >= 0; changes--) {
                wrong.setCharAt(random.nextInt(right.length()), "0123456789 :,-MonSuGT".charAt(random.nextInt(21)));
            }
            assertThat(HttpDate.parse(wrong.toString())).as(wrong.toString()).isEqualTo(byFormatter(wrong.toString()));
        }
        assertThat(HttpDate.parse("Mon, 06 Nov 1994 08:49:37 GMT"))
                .as("it was a Sunday")
                .isNull();
        assertThat(HttpDate.parse("Sun, 31 Feb 1994 08:49:37 GMT"))
                .isEqualTo(byFormatter("Sun, 31 Feb 1994 08:49:37 GMT"));
        assertThat(HttpDate.parse("")).isNull();
    }
}
