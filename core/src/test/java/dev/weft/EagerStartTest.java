package dev.weft;

import static dev.weft.Tasks.self;
import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.taskGroup;
import static dev.weft.Weft.timeout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** B17: whether a task has run before the call that creates it returns. */
class EagerStartTest {

    private static final TaskOptions EAGER = TaskOptions.defaults().eagerStart(true);

    @OnEveryRuntime
    void b17_eagerTaskRunsUpToItsFirstWaitBeforeCreateTaskReturns(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var order = new CopyOnWriteArrayList<String>();
            var mayEnd = new Gate();
            var task = createTask(EAGER, () -> {
                order.add("began");
                mayEnd.await();
                order.add("went on");
                return "a";
            });
            order.add("created");
            assertThat(order).containsExactly("began", "created");
            assertThat(task.isDone()).isFalse();
            mayEnd.open();
            assertThat(task.await()).isEqualTo("a");
            assertThat(order).containsExactly("began", "created", "went on");
        });
    }

    @OnEveryRuntime
    void b17_eagerTaskThatDoesNotWaitHasEndedWhenCreateTaskReturns(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var failure = new IOException("boom");
            var finished = createTask(EAGER, () -> "a");
            var failed = createTask(EAGER, () -> {
                throw failure;
            });
            assertThat(finished.isDone()).isTrue();
            assertThat(finished.result()).isEqualTo("a");
            assertThat(failed.isDone()).isTrue();
            assertThatThrownBy(failed::await).isSameAs(failure);
        });
    }

    @OnEveryRuntime
    void b17_eagerTaskIsItsOwn(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var main = self();
            var task = createTask(EAGER.name("keen"), () -> self());
            assertThat((Object) self()).isSameAs(main);
            assertThat((Object) task.await()).isSameAs(task);
            assertThat(task.name()).isEqualTo("keen");
        });
    }

    @OnEveryRuntime
    void b17_eagerTasksOfAGroupAndWithinEachOther(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var order = new CopyOnWriteArrayList<String>();
            taskGroup(group -> {
                group.createTask(EAGER, () -> {
                    order.add("outer began");
                    group.createTask(EAGER, () -> order.add("inner"));
                    order.add("outer ends");
                });
                order.add("created");
            });
            assertThat(order).containsExactly("outer began", "inner", "outer ends", "created");
        });
    }

    /** A yield is a wait in Weft: its creator does not depend on what comes after it. */
    @OnEveryRuntime
    void b17_eagerTaskThatYields_runsUpToItsFirstYield(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var begun = new AtomicBoolean();
            var go = new AtomicBoolean();
            var task = createTask(EAGER, () -> {
                begun.set(true);
                sleep(Duration.ZERO);
                while (!go.get()) {
                    Thread.yield();
                }
            });
            assertThat(begun).isTrue();
            go.set(true);
            task.await();
        });
    }

    /** On the parallel runtime a task may have begun by then, or not. */
    @Test
    void b17_otherTasksBeginAfterCreateTaskHasReturned() throws Exception {
        TestRuntime.EVENT_LOOP.run(() -> {
            var order = new CopyOnWriteArrayList<String>();
            var task = createTask(TaskOptions.defaults().eagerStart(false), () -> order.add("began"));
            var other = createTask(() -> order.add("other began"));
            order.add("created");
            Tasks.join(task, other);
            assertThat(order).containsExactly("created", "began", "other began");
        });
    }

    /** It may wait for what its creator does next. */
    @Test
    void b17_eagerTaskThatBlocksElsewhere_doesNotHoldUpItsCreatorOnTheParallelRuntime() throws Exception {
        TestRuntime.PARALLEL.run(() -> {
            var given = new CompletableFuture<String>();
            var task = createTask(EAGER, () -> given.join());
            given.complete("a");
            assertThat(task.await()).isEqualTo("a");
        });
    }

    @Test
    void b17_eagerTaskThatNeverWaits_doesNotHoldUpALimitOfItsCreator() throws Exception {
        assumeTrue(Runtime.getRuntime().availableProcessors() > 1, "a virtual thread leaves its carrier when it waits");
        TestRuntime.PARALLEL.run(() -> {
            var stop = new AtomicBoolean();
            assertThatThrownBy(() -> timeout(Duration.ofMillis(20), timeout -> {
                        createTask(EAGER, () -> {
                            while (!stop.get()) {
                                Thread.onSpinWait();
                            }
                        });
                        stop.set(true);
                        sleep(FOREVER);
                    }))
                    .isInstanceOf(TimeoutException.class);
            assertThat(stop).isTrue();
        });
    }

    @Test
    void b17_eagerTaskThatNeverWaits_doesNotHoldUpACancelOfItsCreator() throws Exception {
        TestRuntime.PARALLEL.run(() -> {
            var stop = new AtomicBoolean();
            var begun = new Gate();
            var creator = createTask(() -> {
                createTask(EAGER, () -> {
                    begun.open();
                    while (!stop.get()) {
                        Thread.onSpinWait();
                    }
                });
                sleep(FOREVER);
            });
            begun.await();
            creator.cancel();
            assertThatThrownBy(creator::await).isInstanceOf(CancellationException.class);
            stop.set(true);
        });
    }
}
