package dev.weft.sync;

import static dev.weft.Weft.createTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.CancelledException;
import dev.weft.OnEveryRuntime;
import dev.weft.Task;
import dev.weft.Tasks;
import dev.weft.TestRuntime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Q: taskDone and join, shutdown, and iterating until it. */
class QueueShutdownTest {

    private final Queue<Integer> queue = new Queue<>(2);

    private List<Task<?>> getters(int count) throws InterruptedException {
        return Arrivals.of(count, () -> queue.snapshot().gettersWaiting(), i -> queue::get);
    }

    private List<Task<?>> putters(int count) throws InterruptedException {
        return Arrivals.of(count, () -> queue.snapshot().puttersWaiting(), i -> () -> queue.put(10 + i));
    }

    private Task<?> joiner() throws InterruptedException {
        return Arrivals.of(1, () -> queue.snapshot().joinersWaiting(), i -> queue::join)
                .getFirst();
    }

    private void assertAllRefused() {
        assertThatThrownBy(() -> queue.put(1)).isInstanceOf(QueueShutDownException.class);
        assertThatThrownBy(() -> queue.putNowait(1)).isInstanceOf(QueueShutDownException.class);
        assertThatThrownBy(queue::get).isInstanceOf(QueueShutDownException.class);
        assertThatThrownBy(queue::getNowait).isInstanceOf(QueueShutDownException.class);
    }

    private static void assertShutDown(List<Task<?>> tasks) {
        for (var task : tasks) {
            assertThatThrownBy(task::await).isInstanceOf(QueueShutDownException.class);
        }
    }

    @OnEveryRuntime
    void q10_joinWaitsForTheEndOfTheWorkOnEachItem(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            queue.join();
            queue.put(1);
            queue.put(2);
            var joiner = joiner();
            queue.get();
            queue.get();
            assertThat(Tasks.staysPending(joiner)).isTrue();
            queue.taskDone();
            assertThat(Tasks.staysPending(joiner)).isTrue();
            queue.taskDone();
            joiner.await();
            assertThatThrownBy(queue::taskDone)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("more often");
        });
    }

    @OnEveryRuntime
    void q11_shutdownOfAnEmptyQueue_endsTheWaitOfGetters(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var getters = getters(2);
            queue.shutdown();
            assertShutDown(getters);
            assertAllRefused();
            queue.join();
            queue.shutdown();
            assertThat(queue.shutdownNow()).isEmpty();
        });
    }

    @OnEveryRuntime
    void q12_shutdownOfAFullQueue_itemsCanStillBeGot(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            queue.put(1);
            queue.put(2);
            var putters = putters(2);
            var joiner = joiner();
            queue.shutdown();
            assertShutDown(putters);
            assertThatThrownBy(() -> queue.put(3)).isInstanceOf(QueueShutDownException.class);
            assertThat(queue.get()).isEqualTo(1);
            assertThat(queue.getNowait()).isEqualTo(2);
            assertAllRefused();
            assertThat(Tasks.staysPending(joiner)).isTrue();
            queue.taskDone();
            queue.taskDone();
            joiner.await();
        });
    }

    /** There the putter, and the getter, have not gone on when the queue is shut down. */
    @Test
    void q12_shutdownWhileASlotOrAnItemIsOnItsWay() throws Exception {
        TestRuntime.EVENT_LOOP.run(() -> {
            queue.put(1);
            queue.put(2);
            var putters = putters(1);
            queue.getNowait();
            queue.shutdown();
            assertShutDown(putters);
            assertThat(queue.getNowait()).isEqualTo(2);

            var other = new Queue<Integer>();
            var getters = new ArrayList<Task<Integer>>();
            for (var i = 0; i < 2; i++) {
                getters.add(createTask(() -> other.get()));
            }
            Tasks.awaitTrue(() -> other.snapshot().gettersWaiting() == 2);
            other.putNowait(1);
            other.shutdown();
            getters.getFirst().cancel();
            assertThat(getters.get(1).await()).isEqualTo(1);
            assertThat(getters.getFirst().isCancelled()).isTrue();
            assertThatThrownBy(other::get).isInstanceOf(QueueShutDownException.class);
        });
    }

    @OnEveryRuntime
    void q13_shutdownNow_dropsItemsAsIfTheyWereDone(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            queue.put(1);
            queue.put(2);
            var putters = putters(1);
            var joiner = joiner();
            assertThat(queue.shutdownNow()).containsExactly(1, 2);
            joiner.await();
            assertShutDown(putters);
            assertAllRefused();
            assertThatThrownBy(queue::taskDone).isInstanceOf(IllegalStateException.class);
        });
    }

    @Test
    void q13_shutdownNowWhileAnItemIsOnItsWay_dropsItToo() throws Exception {
        TestRuntime.EVENT_LOOP.run(() -> {
            var getters = getters(1);
            queue.putNowait(1);
            assertThat(queue.shutdownNow()).containsExactly(1);
            assertShutDown(getters);
            assertAllRefused();
            queue.join();
        });
    }

    @Test
    void q13_whatIsDroppedIsInOrder() throws Exception {
        var lifo = new LifoQueue<Integer>();
        var priority = new PriorityQueue<Integer>(Comparator.naturalOrder());
        for (var item : List.of(1, 3, 2)) {
            lifo.put(item);
            priority.put(item);
        }
        assertThat(lifo.shutdownNow()).containsExactly(2, 3, 1);
        assertThat(priority.shutdownNow()).containsExactly(1, 3, 2);
    }

    @OnEveryRuntime
    void q14_shutdownNow_joinWaitsForTheItemThatIsWorkedOn(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            queue.put(1);
            queue.put(2);
            assertThat(queue.get()).isEqualTo(1);
            var joiner = joiner();
            assertThat(queue.shutdownNow()).containsExactly(2);
            assertThat(Tasks.staysPending(joiner)).isTrue();
            queue.taskDone();
            joiner.await();
        });
    }

    @OnEveryRuntime
    void q12_iterationEndsWithTheQueue(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var consumer = createTask(() -> {
                var all = new ArrayList<Integer>();
                for (var item : queue) {
                    all.add(item);
                }
                return all;
            });
            for (var i = 0; i < 10; i++) {
                queue.put(i);
            }
            queue.shutdown();
            assertThat(consumer.await()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
            assertThat(queue.iterator().hasNext()).isFalse();
            assertThatThrownBy(queue.iterator()::next).isInstanceOf(NoSuchElementException.class);
        });
    }

    @OnEveryRuntime
    void q5_iterationIsACancellationPoint(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var thrown = new AtomicReference<Throwable>();
            var consumer = Arrivals.of(1, () -> queue.snapshot().gettersWaiting(), i -> () -> {
                        try {
                            queue.forEach(item -> {});
                        } catch (Throwable e) {
                            thrown.set(e);
                            throw e;
                        }
                    })
                    .getFirst();
            consumer.cancel("enough");
            Tasks.join(consumer);
            assertThat(consumer.isCancelled()).isTrue();
            assertThat(thrown.get()).isInstanceOf(CancelledException.class).hasMessageContaining("enough");
        });
    }

    /** The list that it stands in when it is granted a slot may still be read when the queue is shut down. */
    @Test
    void q12_putterThatIsGrantedAndThenRefused_isRousedOnce() {
        var permits = new Permits(0, 1, "a test");
        var node = new WaitNode();
        permits.end(node, WaitNode.End.GRANTED);
        assertThat(permits.takeRoused()).isSameAs(node.ending);
        permits.end(node, WaitNode.End.REFUSED);
        assertThat(permits.takeRoused()).isNull();
        assertThat(node.isGranted()).isFalse();
        assertThat(node.isReady()).isTrue();
    }
}
