package dev.weft.cli.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteTextTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "999, 999 B",
        "1000, 1.0 kB",
        "12345, 12.3 kB",
        "999949, 999.9 kB",
        "999950, 1.0 MB",
        "1500000000, 1.5 GB",
        "9223372036854775807, 9.2 EB"
    })
    void format_ofBytes_isShortAndInPowersOfAThousand(long bytes, String text) {
        assertThat(ByteText.format(bytes)).isEqualTo(text).hasSizeLessThanOrEqualTo(8);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "512, 512",
        "512B, 512",
        "10kB, 10000",
        "10 KB, 10000",
        "1.5M, 1500000",
        "1.5MiB, 1572864",
        "2gib, 2147483648",
        "0.5, 1",
    })
    void parse_takesUnits_ofAThousandAndOf1024(String text, long bytes) {
        assertThat(ByteText.parse(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "kB", "-1", "10X", "1e3", "10 k B", "9EB9"})
    void parse_ofSomethingElse_saysHowToWriteIt(String text) {
        assertThatThrownBy(() -> ByteText.parse(text)).hasMessageContaining("500kB, 10MB or 1GiB");
    }

    @Test
    void parse_ofTooMuch_saysSo() {
        assertThatThrownBy(() -> ByteText.parse("999999999999999999GB"))
                .hasMessageContaining("more than can be counted");
    }
}
