package dev.weft;

import static dev.weft.Dumps.find;
import static dev.weft.Tasks.self;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.waitUntil;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.diagnostics.TaskDump;
import dev.weft.sync.Lock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Circles of waits that Weft does not refuse are named by a dump. */
class DumpCyclesTest {

    private static final Duration LONG = Duration.ofHours(1);

    @OnEveryRuntime
    void tasksThatWaitUntilEachOtherHasEnded_areACycle(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var second = new CompletableFuture<Task<?>>();
            // a wait for one of several is not refused
            var first = createTask(
                    "Romeo", () -> waitUntil(ReturnWhen.FIRST_COMPLETED, List.of(Weft.await(second), self())));
            second.complete(createTask("Juliet", () -> waitUntil(ReturnWhen.ALL_COMPLETED, List.of(first))));
            var nurse = createTask("nurse", () -> first.await());
            DumpTest.awaitWaiting("Juliet");
            Tasks.awaitTrue(() -> find(Weft.dump(0), "Romeo").awaits().size() == 2);
            DumpTest.awaitWaiting("nurse");
            var dump = Weft.dump(0);
            Dumps.assertWellFormed(dump);
            assertOneCycle(dump, "Romeo", "Juliet");
            assertThat(dump.toString()).contains("ERROR", "task 'Romeo' -> task 'Juliet' -> task 'Romeo'");
            first.cancel();
            second.join().cancel();
            Tasks.join(first, second.join(), nurse);
            assertThat(Weft.dump(0).awaitCycles()).isEmpty();
        });
    }

    @OnEveryRuntime
    void waitsThatMayEndOtherwise_areNoCycle(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var over = new Gate();
            var free = createTask("free", over::await);
            var second = new CompletableFuture<Task<?>>();
            var any = createTask("any", () -> waitUntil(ReturnWhen.FIRST_COMPLETED, List.of(Weft.await(second), free)));
            second.complete(createTask("all", () -> waitUntil(ReturnWhen.ALL_COMPLETED, List.of(any))));
            var fourth = new CompletableFuture<Task<?>>();
            var timed =
                    createTask("timed", () -> waitUntil(ReturnWhen.ALL_COMPLETED, List.of(Weft.await(fourth)), LONG));
            fourth.complete(createTask("waits", () -> waitUntil(ReturnWhen.ALL_COMPLETED, List.of(timed))));
            Tasks.awaitTrue(() -> find(Weft.dump(0), "any").awaits().size() == 2
                    && find(Weft.dump(0), "timed").awaits().size() == 1);
            DumpTest.awaitWaiting("all");
            DumpTest.awaitWaiting("waits");
            assertThat(Weft.dump(0).awaitCycles()).isEmpty();
            free.cancel();
            timed.cancel();
            Tasks.join(any, second.join(), fourth.join());
        });
    }

    @OnEveryRuntime
    void deadlockOverTwoLocks_isACycle(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var left = new Lock();
            var right = new Lock();
            var first = new Gate();
            var both = new Gate();
            var philosopher = createTask(
                    "Kant",
                    () -> left.with(() -> {
                        first.open();
                        both.await();
                        right.with(() -> {});
                    }));
            var other = createTask(
                    "Hume",
                    () -> right.with(() -> {
                        first.await();
                        both.open();
                        left.with(() -> {});
                    }));
            Tasks.awaitTrue(() -> find(Weft.dump(0), "Hume").awaits().size() == 1);
            Tasks.awaitTrue(() -> find(Weft.dump(0), "Kant").awaits().size() == 1);
            var dump = Weft.dump(0);
            Dumps.assertWellFormed(dump);
            assertOneCycle(dump, "Kant", "Hume");
            assertThat(find(dump, "Kant").waitingFor()).isEqualTo("a lock held by 'Hume'");
            philosopher.cancel();
            Tasks.join(philosopher, other);
            assertThat(other.isCancelled()).isFalse();
        });
    }

    @NotSimulated("two plain threads")
    @OnEveryRuntime
    void deadlockOfPlainThreadsAndATask_isACycle(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var left = new Lock();
            var right = new Lock();
            var held = new Gate();
            var thread = Thread.ofPlatform().name("plain").unstarted(() -> {
                try {
                    right.with(() -> {
                        held.open();
                        left.with(() -> {});
                    });
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
            var task = createTask(
                    "task",
                    () -> left.with(() -> {
                        thread.start();
                        held.await();
                        right.with(() -> {});
                    }));
            DumpTest.awaitWaiting("plain");
            Tasks.awaitTrue(() -> find(Weft.dump(0), "task").awaits().size() == 1);
            var dump = Weft.dump(0);
            Dumps.assertWellFormed(dump);
            assertOneCycle(dump, "plain", "task");
            task.cancel();
            Tasks.join(task);
            thread.join();
        });
    }

    @OnEveryRuntime
    void manyWhoAwaitMany_takeTimeInProportion(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var over = new Gate();
            var layer = new ArrayList<Task<?>>();
            layer.add(createTask(over::await));
            for (var depth = 0; depth < 30; depth++) {
                List<Task<?>> below = List.copyOf(layer);
                layer.clear();
                for (var i = 0; i < 5; i++) {
                    layer.add(createTask(() -> waitUntil(ReturnWhen.ALL_COMPLETED, below)));
                }
            }
            var last = createTask("last", () -> waitUntil(ReturnWhen.ALL_COMPLETED, layer));
            DumpTest.awaitWaiting("last");
            var dump = Weft.dump(0);
            Dumps.assertWellFormed(dump);
            assertThat(dump.awaitCycles()).isEmpty();
            assertThat(dump.toString().lines().count())
                    .isLessThan(dump.entries().size() + 5L);
            over.open();
            last.await();
        });
    }

    private static void assertOneCycle(TaskDump dump, String... names) {
        assertThat(dump.awaitCycles()).hasSize(1);
        assertThat(dump.awaitCycles().getFirst())
                .containsExactlyInAnyOrder(List.of(names).stream()
                        .map(name -> find(dump, name).id())
                        .toArray(Long[]::new));
    }
}
