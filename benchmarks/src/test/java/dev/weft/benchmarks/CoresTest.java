package dev.weft.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CoresTest {

    @Test
    void roundTrip_isATime() throws Exception {
        assertThat(Cores.roundTripNanos()).isPositive().isFinite();
    }

    @Test
    void awaitNear_anyDistanceWillDo_looksOnce() throws Exception {
        assertThat(Cores.awaitNear(Double.MAX_VALUE)).isPositive();
    }

    @Test
    void awaitNear_neverNear_givesUp() throws Exception {
        assertThat(Cores.awaitNear(0.001)).isGreaterThan(0.001);
    }
}
