package dev.weft.cli.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cli.model.Rate;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Beginnings at a rate, and a rate as it is written. */
class PaceTest {

    private static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }

    @Test
    void rate_spacesEvenly_andALittleLateCostsNothing() {
        var pace = new Pace(Rate.parse("10/s"));
        assertThat(pace.untilNext(millis(0))).isZero();
        pace.begin(millis(0));
        assertThat(pace.untilNext(millis(0))).isEqualTo(millis(100));
        assertThat(pace.untilNext(millis(30))).isEqualTo(millis(70));
        pace.begin(millis(120));
        assertThat(pace.untilNext(millis(120))).as("due at 200, not at 220").isEqualTo(millis(80));
    }

    @Test
    void pause_isNotFollowedByABurst() {
        var pace = new Pace(Rate.parse("10/s"));
        pace.begin(millis(0));
        pace.begin(millis(5000));
        assertThat(pace.untilNext(millis(5000))).isEqualTo(millis(100));
    }

    @Test
    void noRate_isNoLimit() {
        var pace = new Pace(null);
        pace.begin(millis(1));
        assertThat(pace.untilNext(millis(1))).isZero();
    }

    @Test
    void rate_hasAUnit_secondsIfNone() {
        assertThat(Rate.parse("4")).hasToString("4/s");
        assertThat(Rate.parse("4").interval()).isEqualTo(millis(250));
        assertThat(Rate.parse("6/m").interval()).isEqualTo(Duration.ofSeconds(10));
        assertThat(Rate.parse("2/h").interval()).isEqualTo(Duration.ofMinutes(30));
    }
}
