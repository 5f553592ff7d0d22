package dev.weft.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class SummaryTest {

    @Test
    void of_oddNumber_middleAndQuartiles() {
        assertThat(Summary.of(List.of(50.0, 10.0, 30.0, 20.0, 40.0))).isEqualTo(new Summary(30, 20, 40, 5));
    }

    @Test
    void of_evenNumber_betweenTheTwoInTheMiddle() {
        assertThat(Summary.of(List.of(4.0, 1.0, 2.0, 3.0))).isEqualTo(new Summary(2.5, 1.75, 3.25, 4));
    }

    @Test
    void of_oneSample_isAllThree() {
        assertThat(Summary.of(List.of(7.0))).isEqualTo(new Summary(7, 7, 7, 1));
    }

    @Test
    void of_outlier_movesTheMedianNot() {
        assertThat(Summary.of(List.of(1.0, 2.0, 1e9)).median()).isEqualTo(2);
    }

    @Test
    void of_none_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Summary.of(List.of()));
    }
}
