package dev.weft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.internal.runtime.ParallelScheduler;
import dev.weft.internal.scope.LiveTasks;
import dev.weft.internal.task.TaskImpl;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** TG: the list of those that have not ended, and what leaves it while somebody goes through or closes it. */
@Tag("races")
@Timeout(60)
class LiveTasksTest {

    private static List<TaskImpl<?>> tasks(int count) throws InterruptedException {
        var tasks = new ArrayList<TaskImpl<?>>();
        TestRuntime.EVENT_LOOP.run(() -> {
            for (var i = 0; i < count; i++) {
                tasks.add(TaskImpl.of(Weft.createTask(() -> 1)));
            }
            Tasks.join(tasks.toArray(Task<?>[]::new));
        });
        return tasks;
    }

    @Test
    void tg5_allThatStayAreVisitedWhoeverLeavesMeanwhile() throws Exception {
        for (var leaving = 0; leaving < 100; leaving++) {
            var tasks = tasks(100);
            var made = TestRuntime.EVENT_LOOP.open();
            var live = new LiveTasks(made.scheduler());
            tasks.forEach(live::add);
            var visited = new ArrayList<TaskImpl<?>>();
            var left = tasks.get(leaving);
            live.forEach(task -> {
                if (visited.isEmpty() && task != left) {
                    live.remove(left);
                }
                visited.add(task);
            });
            var expected = new ArrayList<>(tasks);
            expected.remove(left);
            assertThat(visited).doesNotHaveDuplicates().containsAll(expected);
            made.close();
        }
    }

    @Test
    void tg5_twoMayGoThroughAtOnce() throws Exception {
        var tasks = tasks(100);
        var live = new LiveTasks(ParallelScheduler.INSTANCE);
        tasks.forEach(live::add);
        var inner = new ArrayList<TaskImpl<?>>();
        var outer = new ArrayList<TaskImpl<?>>();
        live.forEach(task -> {
            if (outer.isEmpty()) {
                live.forEach(inner::add);
            }
            outer.add(task);
        });
        assertThat(inner).containsExactlyInAnyOrderElementsOf(tasks);
        assertThat(outer).containsExactlyInAnyOrderElementsOf(tasks);
    }

    @Test
    void r5_whoLeavesAsTheListIsClosedIsCountedByBothOrByNone() throws Exception {
        var rounds = 4_000 * Integer.getInteger("weft.stress", 1);
        var task = tasks(1).getFirst();
        var lists = new CopyOnWriteArrayList<LiveTasks>();
        var all = new LiveTasks[rounds];
        for (var i = 0; i < rounds; i++) {
            all[i] = new LiveTasks(ParallelScheduler.INSTANCE);
        }
        assertThat(lists).isEmpty();
        var counted = new boolean[rounds];
        var turn = new AtomicInteger(-1);
        var done = new AtomicInteger(-1);
        var leaver = CompletableFuture.runAsync(() -> {
            for (var i = 0; i < rounds; i++) {
                await(turn, i);
                Tasks.linger(i, 1, 9);
                counted[i] = all[i].remove(task);
                done.set(i);
            }
        });
        for (var i = 0; i < rounds; i++) {
            all[i].add(task);
            turn.set(i);
            Tasks.linger(i, 2, 11);
            var count = all[i].close();
            await(done, i);
            assertThat(counted[i]).as("round %d", i).isEqualTo(count == 1);
            all[i] = null;
        }
        leaver.join();
    }

    private static void await(AtomicInteger turn, int wanted) {
        for (var spins = 0; turn.get() < wanted; spins++) {
            if (spins % 1_000 == 999) {
                Thread.yield();
            }
            Thread.onSpinWait();
        }
    }
}
