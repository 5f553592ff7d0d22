package dev.weft.sync;

import static dev.weft.Weft.createTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.OnEveryRuntime;
import dev.weft.Task;
import dev.weft.Tasks;
import dev.weft.TestRuntime;
import dev.weft.Weft;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

class EventTest {

    private final Event event = new Event();

    private int waiting() {
        return event.snapshot().waiting();
    }

    @OnEveryRuntime
    void e1_setLetsAllGoOn_inTheOrderOfTheirComing(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var order = new CopyOnWriteArrayList<Integer>();
            var tasks = Arrivals.of(3, this::waiting, i -> () -> {
                event.await();
                order.add(i);
            });
            assertThat(order).isEmpty();
            event.set();
            Arrivals.join(tasks);
            if (runtime == TestRuntime.EVENT_LOOP) {
                assertThat(order).containsExactly(0, 1, 2);
            } else {
                assertThat(order).containsExactlyInAnyOrder(0, 1, 2);
            }
        });
    }

    @OnEveryRuntime
    void e1_whoComesWhenItIsSetDoesNotWait(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            event.set();
            event.await();
            event.await();
            assertThat(event.isSet()).isTrue();
            assertThat(waiting()).isZero();
        });
    }

    @OnEveryRuntime
    void e2_clearAtOnceAfterSet_allWhoWaitedGoOn(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var done = new AtomicInteger();
            var tasks = Arrivals.of(3, this::waiting, i -> () -> {
                event.await();
                done.incrementAndGet();
            });
            event.set();
            event.set();
            event.clear();
            Arrivals.join(tasks);
            assertThat(done).hasValue(3);
            assertThat(event.isSet()).isFalse();
            var late = createTask(event::await);
            assertThat(Tasks.staysPending(late)).isTrue();
            event.clear();
            assertThat(waiting()).isOne();
            event.set();
            late.await();
        });
    }

    @OnEveryRuntime
    void e3_cancelledWaiterIsNotRetained(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var tasks = Arrivals.of(2, this::waiting, i -> event::await);
            tasks.getFirst().cancel();
            Tasks.join(tasks.getFirst());
            assertThat(tasks.getFirst().isCancelled()).isTrue();
            assertThat(event.snapshot().waiters()).containsExactly("waiter-1");
            event.set();
            tasks.get(1).await();
        });
    }

    @OnEveryRuntime
    void lr1_eventTellsStateAndWaiters(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var tasks = Arrivals.of(1, this::waiting, i -> event::await);
            assertThat(event).hasToString("Event[unset, waiting=1]");
            assertThat(event.snapshot()).isEqualTo(new Event.Snapshot(false, 1, List.of("waiter-0")));
            event.set();
            tasks.forEach(Task::cancel);
            assertThat(event).hasToString("Event[set, waiting=0]");
        });
    }

    @OnEveryRuntime
    void waiterOfANamedEvent_isShownByTheName(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var named = new Event("the answer of server 3");
            var tasks = Arrivals.of(1, () -> named.snapshot().waiting(), i -> named::await);
            assertThat(Weft.dump().toString()).contains("waiting for the answer of server 3");
            named.set();
            tasks.getFirst().await();
        });
    }
}
