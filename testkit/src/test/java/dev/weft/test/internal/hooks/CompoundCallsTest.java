package dev.weft.test.internal.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.MessageDigest;
import java.text.DateFormat;
import java.text.ParseException;
import java.text.SimpleDateFormat;
import java.util.Date;
import java.util.Locale;
import java.util.TimeZone;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Without a race, a call in two steps gives what the JDK's gives. */
class CompoundCallsTest {

    private static DateFormat format(String pattern, String locale) {
        var format = new SimpleDateFormat(pattern, Locale.forLanguageTag(locale));
        format.setTimeZone(TimeZone.getTimeZone("Europe/Berlin"));
        return format;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yyyy-MM-dd'T'HH:mm:ss.SSSZ",
                "yy-MM-dd HH:mm",
                "EEE, d MMM yyyy hh:mm a z",
                "YYYY-'W'ww-u",
                "D yyyy G",
                "HH:mm:ss"
            })
    void formatAndParse_giveWhatTheJdksGive(String pattern) throws ParseException {
        for (var locale : new String[] {"en-US", "th-TH-u-ca-buddhist"}) {
            var one = format(pattern, locale);
            var other = format(pattern, locale);
            for (var millis : new long[] {0, -1, 1_448_554_347_123L, 4_102_444_800_000L, -3_000_000_000_000L}) {
                var text = one.format(new Date(millis));
                assertThat(CompoundCalls.format(other, new Date(millis))).isEqualTo(text);
                assertThat(CompoundCalls.parse(other, text + " and more"))
                        .as(text)
                        .isEqualTo(one.parse(text));
                assertThat(other.getCalendar()).isEqualTo(one.getCalendar());
            }
        }
    }

    @Test
    void textThatIsNoDate_isRefused() {
        assertThatThrownBy(() -> CompoundCalls.parse(format("yyyy", "en-US"), "none"))
                .isInstanceOf(ParseException.class);
    }

    @Test
    void digestAndCode_areThoseOfTheJdk() throws Exception {
        var bytes = new byte[] {1, 2, 3};
        var digest = MessageDigest.getInstance("SHA-256");
        assertThat(CompoundCalls.digest(digest, bytes)).isEqualTo(digest.digest(bytes));
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(bytes, "HmacSHA256"));
        assertThat(CompoundCalls.doFinal(mac, bytes)).isEqualTo(mac.doFinal(bytes));
    }
}
