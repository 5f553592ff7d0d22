package dev.weft.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"0;0.00", "0.123;0.12", "9.994;9.99", "9.996;10.0", "99.94;99.9", "99.96;100", "1234.4;1,234"})
    void figure_hasThreeDigits(double value, String text) {
        assertThat(Numbers.figure(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"0.9;0.90", "2;2.00", "12.345;12.35", "100.2;100", "1234;1,234"})
    void ratio_hasTwoDecimals(double value, String text) {
        assertThat(Numbers.ratio(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0,1 s", "59400,59 s", "60000,1 min 0 s", "125000,2 min 5 s", "7260000,2 h 1 min"})
    void duration_hasTwoUnits(long millis, String text) {
        assertThat(Numbers.duration(Duration.ofMillis(millis))).isEqualTo(text);
    }
}
