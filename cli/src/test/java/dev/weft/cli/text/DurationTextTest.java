package dev.weft.cli.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {

    @ParameterizedTest
    @CsvSource({
        "30s, 30000",
        "500ms, 500",
        "1m30s, 90000",
        "2.5s, 2500",
        "1h, 3600000",
        "1h2m3s4ms, 3723004",
        "0s, 0",
        "0.25s, 250"
    })
    void parse_ofWhatPeopleWrite_isThatLong(String text, long millis) {
        assertThat(DurationText.parse(text)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "-1s", "1s2m", "5 s", "1S", "s", "1.5m", "9999999999s", "PT3S", "3s ", "½s"})
    void parse_ofSomethingElse_isRefusedWithTheValueAndTheRemedy(String text) {
        assertThatThrownBy(() -> DurationText.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "'")
                .hasMessageContaining("write it as 30s");
    }

    @Test
    void parse_ofANumberAlone_asksForAUnit() {
        assertThatThrownBy(() -> DurationText.parse("30")).hasMessageContaining("30s or 30ms");
    }

    @ParameterizedTest
    @ValueSource(strings = {"30s", "500ms", "1m30s", "2.5s", "1h", "1h2m3.004s", "0ms", "1ms", "1m0.5s", "48h"})
    void format_ofWhatWasParsed_isTheShortestFormOfIt(String text) {
        assertThat(DurationText.format(DurationText.parse(text))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0.00s", "4, 0.00s", "5, 0.01s", "530, 0.53s", "59999, 60.00s", "125000, 125.00s"})
    void seconds_ofMillis_hasTwoDigits(long millis, String text) {
        assertThat(DurationText.seconds(Duration.ofMillis(millis))).isEqualTo(text);
    }
}
