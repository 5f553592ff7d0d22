package dev.weft.cli.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusSetTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2xx | 200 | true",
                "2xx | 299 | true",
                "2xx | 300 | false",
                "2xx | 199 | false",
                "404 | 404 | true",
                "404 | 200 | false",
                "200-204, 404 | 204 | true",
                "200-204, 404 | 205 | false",
                "200-204, 404 | 404 | true",
            })
    void set_holdsWhatIsWritten(String text, int status, boolean contained) {
        assertThat(StatusSet.parse(text).contains(status)).isEqualTo(contained);
    }

    @Test
    void strangeStatus_isInNone() {
        assertThat(StatusSet.parse("2xx").contains(-1)).isFalse();
        assertThat(StatusSet.parse("2xx").contains(1_000_000)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2x", "20", "0xx", "2000", "200,", "a", "200..299"})
    void somethingElse_isRefused_withARemedy(String text) {
        assertThatThrownBy(() -> StatusSet.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("404, 200-299 or 2xx");
        assertThatThrownBy(() -> StatusSet.parse("300-200")).hasMessageContaining("smaller one first");
    }
}
