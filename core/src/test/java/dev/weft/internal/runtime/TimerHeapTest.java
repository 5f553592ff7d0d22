package dev.weft.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimerHeapTest {

    private final TimerThread thread = new TimerThread();

    @Test
    void timersOfOneTime_goInTheOrderOfTheirComing() {
        var heap = new TimerHeap();
        var timers = new ArrayList<Timer>();
        for (var i = 0; i < 100; i++) {
            timers.add(timer(7));
            heap.add(timers.getLast());
        }
        assertThat(drain(heap)).containsExactlyElementsOf(timers);
    }

    @Test
    void randomAddsAndRemoves_areAsThoseOfASortedList() {
        for (var seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            var heap = new TimerHeap();
            var expected = new ArrayList<Timer>();
            for (var i = 0; i < 300; i++) {
                if (random.nextInt(3) > 0 || expected.isEmpty()) {
                    var timer = timer(random.nextInt(50) - 25);
                    heap.add(timer);
                    expected.add(timer);
                } else if (random.nextBoolean()) {
                    var removed = expected.remove(random.nextInt(expected.size()));
                    heap.remove(removed);
                    heap.remove(removed); // which does nothing
                } else {
                    expected.sort(ORDER);
                    assertThat(heap.first()).isSameAs(expected.getFirst());
                    heap.remove(expected.removeFirst());
                }
            }
            expected.sort(ORDER);
            assertThat(drain(heap)).as("seed " + seed).containsExactlyElementsOf(expected);
        }
    }

    /** The clock may pass from the largest number to the smallest. */
    @Test
    void timesOnBothSidesOfTheLargestNumber_areInOrder() {
        var heap = new TimerHeap();
        var late = timer(Long.MIN_VALUE + 5);
        var early = timer(Long.MAX_VALUE - 5);
        heap.add(late);
        heap.add(early);
        assertThat(drain(heap)).containsExactly(early, late);
    }

    private static final Comparator<Timer> ORDER =
            (one, other) -> one.isBefore(other) ? -1 : other.isBefore(one) ? 1 : 0;

    private Timer timer(long nanos) {
        return new Timer(thread, nanos, () -> {});
    }

    private static List<Timer> drain(TimerHeap heap) {
        var all = new ArrayList<Timer>();
        for (var first = heap.first(); first != null; first = heap.first()) {
            all.add(first);
            heap.remove(first);
        }
        return all;
    }
}
