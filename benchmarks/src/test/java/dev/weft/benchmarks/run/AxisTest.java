package dev.weft.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AxisTest {

    @Test
    void linear_endsAboveTheGreatest() {
        var axis = Axis.linear(87, 10, 110);
        assertThat(axis.ticks()).containsExactly(0.0, 20.0, 40.0, 60.0, 80.0, 100.0);
        assertThat(axis.at(0)).isEqualTo(10);
        assertThat(axis.at(50)).isEqualTo(60);
    }

    @Test
    void linear_ofNothing_hasRoom() {
        assertThat(Axis.linear(0, 0, 100).at(0)).isZero();
    }

    @Test
    void logarithmic_eachStepMultiplies() {
        var axis = Axis.logarithmic(10, 1_000, 0, 100);
        assertThat(axis.at(100)).isCloseTo(50, within(1e-9));
        assertThat(axis.ticks()).containsExactly(10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1_000.0);
    }

    @Test
    void logarithmic_oneValue_isInTheMiddle() {
        assertThat(Axis.logarithmic(7, 7, 0, 100).at(7)).isCloseTo(50, within(1e-9));
    }

    @Test
    void logarithmic_fromNothing_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Axis.logarithmic(0, 7, 0, 100));
    }
}
