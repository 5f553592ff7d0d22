package dev.weft.cluster.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SharesTest {

    @Test
    void lonelyCaller_hasAll() {
        assertThat(Shares.divide(10, new int[] {0})).containsExactly(10);
    }

    @Test
    void idleCallers_haveEqualParts_busyOnesAreSatisfiedFirst() {
        assertThat(Shares.divide(12, new int[] {0, 0, 0})).containsExactly(4, 4, 4);
        assertThat(Shares.divide(12, new int[] {8, 0})).containsExactly(9, 3);
    }

    @Test
    void tooMuchDemand_isCutAtTheTop() {
        assertThat(Shares.divide(10, new int[] {100, 3, 100})).containsExactly(4, 3, 3);
        assertThat(Shares.divide(10, new int[] {100, 0})).containsExactly(9, 1);
    }

    @Test
    void moreCallersThanPlaces_oneEach() {
        assertThat(Shares.divide(2, new int[] {5, 5, 0})).containsExactly(1, 1, 1);
    }

    @Test
    void alwaysSumsUpToTheLimit() {
        var random = new Random(1);
        for (var i = 0; i < 10_000; i++) {
            var demands = random.ints(1 + random.nextInt(8), 0, 300).toArray();
            var limit = demands.length + random.nextInt(200);
            var shares = Shares.divide(limit, demands);
            assertThat(Arrays.stream(shares).sum()).isEqualTo(limit);
            assertThat(Arrays.stream(shares).min().orElseThrow()).isPositive();
        }
    }
}
