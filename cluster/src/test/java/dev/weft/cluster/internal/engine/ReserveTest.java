package dev.weft.cluster.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The pauses before something is tried again. */
class ReserveTest {

    @Test
    void pauses_beginWithAMoment_andDoubleUpToAnEighthOfASecond() {
        assertThat(Reserve.pauseNanos(1)).isEqualTo(1_000_000);
        assertThat(Reserve.pauseNanos(4)).isEqualTo(8_000_000);
        assertThat(Reserve.pauseNanos(8)).isEqualTo(128_000_000);
        assertThat(Reserve.pauseNanos(Integer.MAX_VALUE)).isEqualTo(128_000_000);
    }
}
