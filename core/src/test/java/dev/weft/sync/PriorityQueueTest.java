package dev.weft.sync;

import static dev.weft.Weft.createTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.OnEveryRuntime;
import dev.weft.Tasks;
import dev.weft.TestRuntime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Q: what is particular to the queue that asks user code for its order. */
class PriorityQueueTest {

    private record Job(int priority, int number) {}

    @Test
    void q2_equalItemsComeInTheOrderInWhichTheyWerePut() throws Exception {
        var seed = System.nanoTime();
        var random = new Random(seed);
        var queue = new PriorityQueue<Job>(Comparator.comparing(Job::priority));
        var expected = new ArrayList<Job>();
        for (var number = 0; number < 2000; number++) {
            var job = new Job(random.nextInt(20), number);
            queue.put(job);
            expected.add(job);
        }
        expected.sort(Comparator.comparing(Job::priority));
        queue.shutdown();
        assertThat(queue).as("seed " + seed).containsExactlyElementsOf(expected);
    }

    @OnEveryRuntime
    void q2_comparatorThatThrows_changesNothing(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var failure = new AtomicReference<RuntimeException>();
            var queue = new PriorityQueue<Integer>(
                    (a, b) -> {
                        if (failure.get() != null) {
                            throw failure.get();
                        }
                        return Integer.compare(a, b);
                    },
                    3);
            queue.put(2);
            queue.put(1);
            queue.put(3);
            var broken = new IllegalArgumentException("cannot be compared");
            failure.set(broken);
            assertThatThrownBy(queue::get).isSameAs(broken);
            var putter = createTask(() -> queue.put(0));
            assertThatThrownBy(putter::await).isSameAs(broken);
            failure.set(null);
            assertThat(queue.size()).isEqualTo(3);

            var waiting = Arrivals.of(2, () -> queue.snapshot().puttersWaiting(), i -> () -> queue.put(10 + i));
            assertThat(queue.get()).isEqualTo(1);
            Tasks.join(waiting.get(0));
            assertThat(queue.get()).isEqualTo(2);
            Tasks.join(waiting.get(1));
            assertThat(queue.shutdownNow()).containsExactly(3, 10, 11);
        });
    }

    /** There it is known who is on its way: it has been promised a slot, or an item, when the comparator throws. */
    @Test
    void q6_comparatorThrowsToOneThatWasServed_whatItWasPromisedGoesToTheNext() throws Exception {
        TestRuntime.EVENT_LOOP.run(() -> {
            var armed = new AtomicBoolean();
            Comparator<Integer> order = (a, b) -> {
                if (armed.get() && Thread.currentThread().getName().equals("waiter-0")) {
                    throw new IllegalArgumentException("cannot be compared");
                }
                return Integer.compare(a, b);
            };
            var queue = new PriorityQueue<>(order, 2);
            queue.put(1);
            queue.put(2);
            var slotWaiters = Arrivals.of(2, () -> queue.snapshot().puttersWaiting(), i -> () -> insert(queue, i));
            armed.set(true);
            assertThat(queue.getNowait()).isEqualTo(1);
            Arrivals.join(slotWaiters);
            assertThat(queue.getNowait()).isEqualTo(2);
            assertThat(queue.getNowait()).isEqualTo(11);

            armed.set(false);
            var other = new PriorityQueue<>(order);
            var itemWaiters = Arrivals.of(2, () -> other.snapshot().gettersWaiting(), i -> () -> remove(other));
            armed.set(true);
            other.putNowait(5);
            other.putNowait(6);
            other.putNowait(7);
            Arrivals.join(itemWaiters);
            assertThat(other.shutdownNow()).containsExactly(6, 7);
        });
    }

    @Test
    void q2_firstItemThatCannotBeComparedIsRefused() {
        @SuppressWarnings({"unchecked", "rawtypes"})
        var queue = new PriorityQueue<Object>((Comparator) Comparator.naturalOrder());
        assertThatThrownBy(() -> queue.put(new Object())).isInstanceOf(ClassCastException.class);
        assertThat(queue.isEmpty()).isTrue();
        assertThatThrownBy(() -> new PriorityQueue<Integer>(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("order");
    }

    private static void insert(Queue<Integer> queue, int number) throws InterruptedException {
        try {
            queue.put(10 + number);
        } catch (IllegalArgumentException e) {
            assertThat(number).isZero();
        }
    }

    private static void remove(Queue<Integer> queue) throws InterruptedException {
        try {
            queue.get();
        } catch (IllegalArgumentException e) {
            assertThat(Thread.currentThread().getName()).isEqualTo("waiter-0");
        }
    }
}
