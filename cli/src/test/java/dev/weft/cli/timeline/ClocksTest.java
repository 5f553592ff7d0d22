package dev.weft.cli.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cli.timeline.Clocks.Bounds;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ClocksTest {

    private static Instant at(long millis) {
        return Instant.ofEpochMilli(1_000_000 + millis);
    }

    private static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }

    @Test
    void clocksThatMayAgree_areLeftAsTheyAre() {
        var clocks = new Clocks();
        clocks.add(0, at(0), at(100), 1, at(40), at(70));
        clocks.add(0, at(200), at(230), 1, at(210), at(225));
        var bounds = clocks.ofFirst().get(1);
        assertThat(bounds).isEqualTo(new Bounds(millis(-10), millis(5)));
        assertThat(bounds.offset()).isZero();
        assertThat(bounds.error()).isEqualTo(millis(10));
    }

    @Test
    void clockThatIsAhead_isMeasuredByTheShortestCalls_andThroughOthers() {
        var clocks = new Clocks();
        clocks.add(0, at(0), at(100), 1, at(3_040), at(3_070));
        clocks.add(0, at(200), at(210), 1, at(3_205), at(3_206));
        clocks.add(2, at(5_000), at(5_010), 1, at(3_000), at(3_010)); // a handler of 1 is called by 2
        var offsets = clocks.ofFirst();
        assertThat(offsets.get(1)).isEqualTo(new Bounds(millis(-3_005), millis(-2_996)));
        assertThat(offsets.get(1).offset()).isEqualTo(Duration.ofMillis(-3_000).minusNanos(500_000));
        assertThat(offsets.get(1).error()).isEqualTo(Duration.ofNanos(4_500_000));
        assertThat(offsets.get(2)).isEqualTo(new Bounds(millis(-5_005), millis(-4_996)));
        assertThat(offsets).containsOnlyKeys(0, 1, 2);
    }
}
