package dev.weft.sync;

import static dev.weft.Weft.createTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.OnEveryRuntime;
import dev.weft.Task;
import dev.weft.Tasks;
import dev.weft.TestRuntime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Q: order, bounds and waiting. The end of a queue's life is in {@link QueueShutdownTest}. */
class QueueTest {

    private final Queue<Integer> queue = new Queue<>(2);
    private final List<Integer> got = new CopyOnWriteArrayList<>();

    private int gettersWaiting() {
        return queue.snapshot().gettersWaiting();
    }

    private int puttersWaiting() {
        return queue.snapshot().puttersWaiting();
    }

    private List<Task<?>> getters(int count) throws InterruptedException {
        return Arrivals.of(count, this::gettersWaiting, i -> () -> got.add(queue.get()));
    }

    private List<Task<?>> putters(int count) throws InterruptedException {
        return Arrivals.of(count, this::puttersWaiting, i -> () -> queue.put(10 + i));
    }

    private static <T> List<T> drain(Queue<T> queue) {
        var items = new ArrayList<T>();
        while (!queue.isEmpty()) {
            items.add(queue.getNowait());
        }
        return items;
    }

    @Test
    void q1_sizeAndBound() throws Exception {
        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.isFull()).isFalse();
        assertThat(queue.maxSize()).isEqualTo(2);
        queue.put(1);
        assertThat(queue.size()).isOne();
        queue.put(2);
        assertThat(queue.isFull()).isTrue();
        assertThat(queue.isEmpty()).isFalse();
        for (var unbounded : List.of(new Queue<Integer>(), new Queue<Integer>(0), new Queue<Integer>(-1))) {
            for (var i = 0; i < 1000; i++) {
                unbounded.putNowait(i);
            }
            assertThat(unbounded.isFull()).isFalse();
            assertThat(unbounded.size()).isEqualTo(1000);
        }
    }

    @Test
    void q2_firstInFirstOut_lastInFirstOut_leastFirst() throws Exception {
        var fifo = new Queue<Integer>();
        var lifo = new LifoQueue<Integer>();
        var priority = new PriorityQueue<Integer>(Comparator.naturalOrder());
        for (var each : List.of(fifo, lifo, priority)) {
            for (var item : List.of(1, 3, 2)) {
                each.put(item);
            }
        }
        assertThat(drain(fifo)).containsExactly(1, 3, 2);
        assertThat(drain(lifo)).containsExactly(2, 3, 1);
        assertThat(drain(priority)).containsExactly(1, 2, 3);
    }

    @OnEveryRuntime
    void q3_putWaitsForAFreeSlot_getForAnItem(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var getter = getters(1).getFirst();
            assertThat(Tasks.staysPending(getter)).isTrue();
            queue.put(1);
            getter.await();
            queue.put(2);
            queue.put(3);
            var putter = putters(1).getFirst();
            assertThat(Tasks.staysPending(putter)).isTrue();
            assertThat(queue.get()).isEqualTo(2);
            putter.await();
            assertThat(drain(queue)).containsExactly(3, 10);
            assertThat(got).containsExactly(1);
        });
    }

    @OnEveryRuntime
    void q3_gettersAreServedInTheOrderOfTheirComing(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var tasks = getters(3);
            for (var i = 0; i < 3; i++) {
                queue.put(i);
                tasks.get(i).await();
            }
            assertThat(got).containsExactly(0, 1, 2);
        });
    }

    @Test
    void q4_withoutWaiting_emptyAndFullAreErrors() throws Exception {
        assertThatThrownBy(queue::getNowait).isInstanceOf(QueueEmptyException.class);
        queue.putNowait(1);
        queue.putNowait(2);
        assertThatThrownBy(() -> queue.putNowait(3))
                .isInstanceOf(QueueFullException.class)
                .hasMessageContaining("2 slots");
        assertThat(queue.getNowait()).isEqualTo(1);
        assertThatThrownBy(() -> queue.put(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> queue.putNowait(null)).isInstanceOf(NullPointerException.class);
    }

    /** There nothing runs between the put and the attempt. */
    @Test
    void q4_whatIsPromisedToAWaiterIsNotThere() throws Exception {
        TestRuntime.EVENT_LOOP.run(() -> {
            var getter = getters(1).getFirst();
            queue.putNowait(1);
            assertThatThrownBy(queue::getNowait).isInstanceOf(QueueEmptyException.class);
            getter.await();
            queue.putNowait(2);
            queue.putNowait(3);
            var putter = putters(1).getFirst();
            queue.getNowait();
            assertThatThrownBy(() -> queue.putNowait(4)).isInstanceOf(QueueFullException.class);
            putter.await();
        });
    }

    @OnEveryRuntime
    void q5_getterIsCancelledWhileItsItemIsOnTheWay_itemGoesToTheNext(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            for (var round = 0; round < 200; round++) {
                got.clear();
                var tasks = getters(2);
                queue.put(1);
                tasks.getFirst().cancel();
                queue.put(2);
                tasks.get(1).await();
                Tasks.join(tasks.getFirst());
                var taken = new ArrayList<>(got);
                taken.addAll(drain(queue));
                assertThat(taken).containsExactlyInAnyOrder(1, 2);
                if (tasks.getFirst().isCancelled()) {
                    assertThat(got).containsExactly(1);
                }
            }
        });
    }

    @OnEveryRuntime
    void q5_everyGetterIsCancelled_itemStays(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var tasks = getters(3);
            tasks.forEach(Task::cancel);
            queue.put(1);
            Arrivals.join(tasks);
            assertThat(drain(queue)).containsExactly(1);
            assertThat(tasks).allMatch(Task::isCancelled);
        });
    }

    @OnEveryRuntime
    void q6_putterIsCancelledWhileItsSlotIsOnTheWay_slotGoesToTheNext(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            for (var round = 0; round < 200; round++) {
                queue.put(1);
                queue.put(2);
                var tasks = putters(2);
                assertThat(queue.get()).isEqualTo(1);
                tasks.getFirst().cancel();
                Tasks.join(tasks.getFirst());
                if (tasks.getFirst().isCancelled()) {
                    tasks.get(1).await();
                    assertThat(drain(queue)).containsExactly(2, 11);
                } else {
                    tasks.get(1).cancel();
                    Tasks.join(tasks.get(1));
                    assertThat(drain(queue)).containsExactly(2, 10);
                }
            }
        });
    }

    @OnEveryRuntime
    void q6_cancelledPutterPutsNothing(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            queue.put(1);
            queue.put(2);
            var tasks = putters(1);
            tasks.getFirst().cancel();
            assertThat(queue.get()).isEqualTo(1);
            Arrivals.join(tasks);
            assertThat(tasks.getFirst().isCancelled()).isTrue();
            assertThat(drain(queue)).containsExactly(2);
            queue.putNowait(3);
            queue.putNowait(4);
            assertThat(queue.snapshot().unfinished()).isEqualTo(4);
        });
    }

    @OnEveryRuntime
    void q7_waitingPuttersAreServedInTheOrderOfTheirComing(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            queue.put(1);
            queue.put(2);
            var tasks = putters(3);
            var items = new ArrayList<Integer>();
            for (var i = 0; i < 3; i++) {
                items.add(queue.get());
                tasks.get(i).await();
            }
            items.addAll(drain(queue));
            assertThat(items).containsExactly(1, 2, 10, 11, 12);
        });
    }

    @OnEveryRuntime
    void q8_cancelledWaitersAreNotRetained(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var getters = getters(3);
            getters.forEach(Task::cancel);
            Arrivals.join(getters);
            assertThat(gettersWaiting()).isZero();
            queue.put(1);
            queue.put(2);
            var putters = putters(3);
            putters.get(1).cancel();
            Tasks.join(putters.get(1));
            assertThat(queue.snapshot().putters()).containsExactly("waiter-0", "waiter-2");
            putters.forEach(Task::cancel);
            Arrivals.join(putters);
            assertThat(puttersWaiting()).isZero();
            var joiners = Arrivals.of(1, () -> queue.snapshot().joinersWaiting(), i -> queue::join);
            joiners.forEach(Task::cancel);
            Arrivals.join(joiners);
            assertThat(queue.snapshot().joinersWaiting()).isZero();
        });
    }

    @OnEveryRuntime
    void q9_boundedHandOverNeverStalls(TestRuntime runtime) throws Exception {
        for (var size : List.of(1, 2, 7)) {
            var bounded = new Queue<Integer>(size);
            runtime.run(() -> {
                var count = 2000;
                var producers = new ArrayList<Task<?>>();
                for (var p = 0; p < 3; p++) {
                    var first = p * count;
                    producers.add(createTask(() -> {
                        for (var i = 0; i < count; i++) {
                            bounded.put(first + i);
                        }
                    }));
                }
                var consumers = new ArrayList<Task<List<Integer>>>();
                for (var c = 0; c < 3; c++) {
                    consumers.add(createTask(() -> {
                        var mine = new ArrayList<Integer>();
                        bounded.forEach(mine::add);
                        return mine;
                    }));
                }
                Arrivals.join(producers);
                bounded.shutdown();
                var all = new ArrayList<Integer>();
                for (var consumer : consumers) {
                    all.addAll(consumer.await());
                }
                assertThat(all).hasSize(3 * count).doesNotHaveDuplicates();
            });
        }
    }

    @OnEveryRuntime
    void q15_queueTellsBoundItemsWaitersAndUnfinished(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            queue.put(1);
            queue.put(2);
            assertThat(queue).hasToString("Queue[size=2 of 2, getters=0, putters=0, unfinished=2]");
            var putters = putters(1);
            assertThat(queue.snapshot())
                    .isEqualTo(new Queue.Snapshot(2, 2, 2, false, 0, List.of(), 1, List.of("waiter-0"), 0));
            putters.forEach(Task::cancel);
            var other = new LifoQueue<Integer>();
            var getters = Arrivals.of(1, () -> other.snapshot().gettersWaiting(), i -> other::get);
            assertThat(other).hasToString("LifoQueue[size=0, getters=1, putters=0, unfinished=0]");
            getters.forEach(Task::cancel);
            other.shutdown();
            Arrivals.join(getters);
            assertThat(other).hasToString("LifoQueue[size=0, getters=0, putters=0, unfinished=0, shut down]");
        });
    }
}
