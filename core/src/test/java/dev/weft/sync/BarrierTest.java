package dev.weft.sync;

import static dev.weft.Weft.createTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.OnEveryRuntime;
import dev.weft.Task;
import dev.weft.Tasks;
import dev.weft.TestRuntime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class BarrierTest {

    private final Barrier barrier = new Barrier(3);
    private final List<Integer> places = new CopyOnWriteArrayList<>();

    private List<Task<?>> come(int count) throws InterruptedException {
        return Arrivals.of(count, barrier::waiting, i -> () -> places.add(barrier.await()));
    }

    private static void assertBroken(List<Task<?>> tasks) {
        for (var task : tasks) {
            assertThatThrownBy(task::await).isInstanceOf(BrokenBarrierException.class);
        }
    }

    @Test
    void ba1_lessThanOnePartyIsRefused() {
        assertThatThrownBy(() -> new Barrier(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0");
        assertThatThrownBy(() -> new Barrier(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ba1_onePartyNeverBlocks() throws Exception {
        var single = new Barrier(1);
        assertThat(single.await()).isZero();
        assertThat(single.await()).isZero();
        assertThat(single.snapshot().draining()).isZero();
    }

    @OnEveryRuntime
    void ba2_allGoOnTogether_eachWithAPlaceOfItsOwn(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var tasks = come(2);
            assertThat(Tasks.staysPending(tasks.getFirst())).isTrue();
            assertThat(barrier.await()).isEqualTo(2);
            Arrivals.join(tasks);
            assertThat(places).containsExactlyInAnyOrder(0, 1);
        });
    }

    @OnEveryRuntime
    void ba2_oneLeavesBefore_placesAreStillDistinct(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var tasks = come(2);
            tasks.getFirst().cancel();
            Tasks.join(tasks.getFirst());
            var third = come(1);
            assertThat(barrier.await()).isEqualTo(2);
            Arrivals.join(third);
            Tasks.join(tasks.get(1));
            assertThat(new HashSet<>(places)).containsExactlyInAnyOrder(0, 1);
        });
    }

    @OnEveryRuntime
    void ba3_waitingCountsThoseWhoHaveCome_againAndAgain(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            for (var round = 0; round < 3; round++) {
                assertThat(barrier.waiting()).isZero();
                var tasks = come(1);
                assertThat(barrier.waiting()).isOne();
                tasks.addAll(come(1));
                assertThat(barrier.waiting()).isEqualTo(2);
                barrier.await();
                assertThat(barrier.waiting()).isZero();
                Arrivals.join(tasks);
            }
        });
    }

    @OnEveryRuntime
    void ba4_whoComesWhileOthersLeaveWaitsForTheNextCycle(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var first = come(2);
            barrier.await();
            var next = createTask(() -> barrier.await());
            Arrivals.join(first);
            assertThat(Tasks.staysPending(next)).isTrue();
            var second = come(1);
            barrier.await();
            assertThat(next.await()).isZero();
            Arrivals.join(second);
        });
    }

    @OnEveryRuntime
    void ba5_cancelledWaiterJustLeaves(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var tasks = come(2);
            tasks.getFirst().cancel();
            Tasks.join(tasks.getFirst());
            assertThat(barrier.waiting()).isOne();
            assertThat(barrier.isBroken()).isFalse();
            var another = come(1);
            barrier.await();
            Tasks.join(tasks.get(1), another.getFirst());
            assertThat(places).containsExactlyInAnyOrder(0, 1);
        });
    }

    @OnEveryRuntime
    void ba5_cancelRacesTheLastOne_theOthersGoOn(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            for (var round = 0; round < 100; round++) {
                var tasks = come(2);
                barrier.await();
                tasks.getFirst().cancel();
                tasks.get(1).await();
                Tasks.join(tasks.getFirst());
                assertThat(barrier.snapshot()).isEqualTo(new Barrier.Snapshot(3, 0, 0, false, List.of()));
            }
        });
    }

    @OnEveryRuntime
    void ba6_resetBreaksForThoseWhoWait_thenItIsUsable(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            barrier.reset();
            var tasks = come(2);
            barrier.reset();
            assertBroken(tasks);
            assertThat(barrier.isBroken()).isFalse();
            var again = come(2);
            barrier.await();
            Arrivals.join(again);
            assertThat(places).containsExactlyInAnyOrder(0, 1);
        });
    }

    /** There nobody goes on before the reset. */
    @Test
    void ba7_resetWhileTheyLeave_hitsThoseWhoHaveNotGoneOn() throws Exception {
        TestRuntime.EVENT_LOOP.run(() -> {
            var first = come(2);
            barrier.await();
            assertThat(barrier.snapshot().draining()).isEqualTo(2);
            barrier.reset();
            assertBroken(first);
            assertThat(barrier.snapshot()).isEqualTo(new Barrier.Snapshot(3, 0, 0, false, List.of()));
        });
    }

    @Test
    void ba7_resetWhileTheyLeave_sparesWhoHasGoneOnAndWhoComesNext() throws Exception {
        TestRuntime.EVENT_LOOP.run(() -> {
            var resetter = createTask("goes on, and resets", () -> {
                places.add(barrier.await());
                var mine = createTask("comes next", () -> places.add(10 + barrier.await()));
                barrier.reset();
                return mine;
            });
            Tasks.awaitTrue(() -> barrier.waiting() == 1);
            var others = come(1);
            barrier.await();
            var next = resetter.await();
            assertBroken(others);
            assertThat(places).containsExactly(0);
            Tasks.awaitTrue(() -> barrier.waiting() == 1);
            others = come(1);
            barrier.await();
            Arrivals.join(others);
            next.await();
            assertThat(places).containsExactlyInAnyOrder(0, 10, 1);
        });
    }

    @Test
    void ba7_resetWhileTheyLeave_sparesWhoWaitsAlready() throws Exception {
        TestRuntime.EVENT_LOOP.run(() -> {
            var single = new Barrier(2);
            var waiters = new ArrayList<Task<Integer>>();
            for (var i = 0; i < 2; i++) {
                waiters.add(createTask(() -> single.await()));
            }
            // the first waits; the second completes the cycle and the third, of the next one, comes before the first
            // leaves
            var third = createTask(() -> single.await());
            var reset = createTask(single::reset);
            reset.await();
            assertThatThrownBy(waiters.getFirst()::await).isInstanceOf(BrokenBarrierException.class);
            assertThat(waiters.get(1).await()).isOne();
            assertThat(Tasks.staysPending(third)).isTrue();
            single.await();
            assertThat(third.await()).isZero();
        });
    }

    @OnEveryRuntime
    void ba8_abortBreaksForAllUntilTheReset(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var tasks = come(2);
            barrier.abort();
            assertBroken(tasks);
            assertThat(barrier.isBroken()).isTrue();
            assertThatThrownBy(barrier::await)
                    .isInstanceOf(BrokenBarrierException.class)
                    .hasMessageContaining("aborted");
            assertThat(barrier.waiting()).isZero();
        });
    }

    @Test
    void ba8_abortWhileTheyLeave_breaksForThemAndForWhoComesBack() throws Exception {
        TestRuntime.EVENT_LOOP.run(() -> {
            var back = createTask("goes on, and comes back", () -> {
                places.add(barrier.await());
                barrier.abort();
                barrier.await();
            });
            Tasks.awaitTrue(() -> barrier.waiting() == 1);
            var others = come(1);
            barrier.await();
            assertBroken(List.of(back));
            assertBroken(others);
            assertThat(places).containsExactly(0);
        });
    }

    @OnEveryRuntime
    void ba9_resetRepairsAnAbortedBarrier(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            barrier.abort();
            barrier.reset();
            assertThat(barrier.isBroken()).isFalse();
            var tasks = come(2);
            barrier.await();
            Arrivals.join(tasks);
            assertThat(places).containsExactlyInAnyOrder(0, 1);
        });
    }

    @OnEveryRuntime
    void lr1_barrierTellsStateAndWaiters(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var tasks = come(2);
            assertThat(barrier).hasToString("Barrier[filling, waiting=2 of 3]");
            assertThat(barrier.snapshot())
                    .isEqualTo(new Barrier.Snapshot(3, 2, 0, false, List.of("waiter-0", "waiter-1")));
            tasks.forEach(Task::cancel);
            Arrivals.join(tasks);
            barrier.abort();
            assertThat(barrier).hasToString("Barrier[broken, waiting=0 of 3]");
            assertThat(barrier.parties()).isEqualTo(3);
        });
    }
}
