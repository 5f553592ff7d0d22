package dev.weft.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReadyQueueTest {

    @Test
    void randomCalls_areAsThoseOfADeque() {
        var random = new Random(1);
        var queue = new ReadyQueue();
        var expected = new ArrayDeque<Object>();
        for (var i = 0; i < 10_000; i++) {
            switch (random.nextInt(i % 1_000 < 500 ? 3 : 6)) {
                case 0, 1 -> {
                    queue.add(i);
                    expected.add(i);
                }
                case 2 -> {
                    queue.addFirst(i);
                    expected.addFirst(i);
                }
                default -> {
                    assertThat(queue.peek()).isEqualTo(expected.peek());
                    if (!expected.isEmpty()) {
                        assertThat(queue.remove()).isEqualTo(expected.remove());
                    }
                }
            }
            assertThat(queue.size()).isEqualTo(expected.size());
            assertThat(queue.isEmpty()).isEqualTo(expected.isEmpty());
        }
    }

    @Test
    void removeFromAnEmptyOne_isAnError() {
        assertThatThrownBy(() -> new ReadyQueue().remove()).isInstanceOf(IllegalStateException.class);
    }
}
