package dev.weft.internal.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskNamesTest {

    @Test
    void unnamedTask_isCalledByItsNumber_whateverWasNamedBefore() {
        assertThat(LongStream.of(1, 9, 10, 99, 100, 101, 199, 200, 7, 1_000_000, 999_999, 1_000_000, 110))
                .allSatisfy(number -> assertThat(TaskNames.of(number)).isEqualTo("Task-" + number));
    }

    @ParameterizedTest
    @ValueSource(longs = {99_999_999_999L, Long.MAX_VALUE})
    void hugeNumber_isInTheName(long number) {
        assertThat(TaskNames.of(number)).isEqualTo("Task-" + number);
    }

    @Test
    void namesOnManyThreadsAtOnce_areThoseOfTheirNumbers() {
        assertThat(LongStream.range(0, 200_000)
                        .parallel()
                        .map(i -> (i * 7919) % 3_000)
                        .filter(number -> !TaskNames.of(number).equals("Task-" + number))
                        .boxed())
                .isEmpty();
    }
}
