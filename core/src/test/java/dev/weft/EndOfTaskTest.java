package dev.weft;

import static dev.weft.Weft.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.internal.runtime.Scheduler;
import dev.weft.internal.runtime.Strand;
import dev.weft.internal.runtime.TimerHandle;
import dev.weft.internal.task.Awaitable;
import dev.weft.internal.task.StructuredStrand;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** Whatever fails around it, a task ends, and those who wait for that learn of it. */
class EndOfTaskTest {

    @OnEveryRuntime
    void h8_callbacksOfATaskThatEndsInterrupted_beginWithAClearStatus(TestRuntime runtime) throws Exception {
        for (var i = 0; i < 20; i++) {
            var seen = new CopyOnWriteArrayList<Boolean>();
            var told = new CountDownLatch(3);
            runtime.run(() -> {
                var watched = new Gate();
                var task = createTask(() -> {
                    watched.await();
                    Thread.currentThread().interrupt();
                });
                Runnable look = () -> {
                    seen.add(Thread.currentThread().isInterrupted());
                    Thread.currentThread().interrupt(); // and so does the next one
                    told.countDown();
                };
                task.onDone(ended -> look.run());
                task.onDone(ended -> look.run());
                task.toCompletableFuture().whenComplete((value, failure) -> look.run());
                watched.open();
                waitUntil(ReturnWhen.ALL_COMPLETED, List.of(task));
                Tasks.awaitTrue(() -> told.getCount() == 0);
            });
            assertThat(seen).containsExactly(false, false, false);
        }
    }

    @OnEveryRuntime
    void c5_cancellingOfATaskThatHasEnded_isWhatItWas(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var begun = new Gate();
            var mayEnd = new Gate();
            var task = createTask(() -> {
                try {
                    begun.open();
                    sleep(FOREVER);
                } finally {
                    mayEnd.awaitStubbornly();
                }
            });
            begun.await();
            task.cancel("once");
            task.cancel("twice");
            mayEnd.open();
            waitUntil(ReturnWhen.ALL_COMPLETED, List.of(task));
            assertThat(task.cancelling()).isEqualTo(2);
            assertThat(task.cancel("thrice")).isFalse();
            assertThat(task.cancelling()).isEqualTo(2);
            var other = createTask(() -> 1);
            other.await();
            assertThat(other.cancelling()).isZero();
        });
    }

    /** Becomes ready while the waiter looks, and just before that does something else. */
    private record ReadyAfter(Runnable before) implements Awaitable {
        @Override
        public boolean isReady() {
            before.run();
            return true;
        }
    }

    @OnEveryRuntime
    void c3_requestBeforeReadiness_goesFirst(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var task = createTask(() -> {
                var self = StructuredStrand.current();
                self.waitFor(new ReadyAfter(() -> Tasks.self().cancel("first")), Scheduler.NEVER);
            });
            waitUntil(ReturnWhen.ALL_COMPLETED, List.of(task));
            assertThat(task.isCancelled()).isTrue();
        });
    }

    @OnEveryRuntime
    @NotSimulated("needs a runtime of its own")
    void h7_taskThatCannotBeStarted_hasFailed(TestRuntime runtime) throws Exception {
        runWithFailures(runtime, failing -> {
            failing.starts = true;
            assertThatThrownBy(() -> gather(() -> 1)).isInstanceOf(OutOfMemoryError.class);
            assertThatThrownBy(() -> mapConcurrent(List.of(1, 2), 2, item -> item))
                    .isInstanceOf(OutOfMemoryError.class);
            assertThatThrownBy(() -> taskGroup(group -> {
                        group.createTask(() -> 1);
                    }))
                    .isInstanceOf(OutOfMemoryError.class);
            assertThatThrownBy(() -> createTask(() -> 1).await()).isInstanceOf(OutOfMemoryError.class);
            failing.starts = false;
            assertThat(gather(() -> 1)).containsExactly(1);
        });
    }

    @OnEveryRuntime
    @NotSimulated("needs a runtime of its own")
    void h7_actionThatCannotBeStarted_hasFailed(TestRuntime runtime) throws Exception {
        runWithFailures(runtime, failing -> {
            failing.starts = true;
            assertThatThrownBy(() -> timeout(
                            Duration.ofMillis(1),
                            () -> onCancel(() -> {}, () -> {
                                sleep(FOREVER);
                            })))
                    .isInstanceOf(TimeoutException.class)
                    .satisfies(e -> assertThat(e.getCause().getSuppressed())
                            .singleElement()
                            .isInstanceOf(OutOfMemoryError.class));
            failing.starts = false;
        });
    }

    @OnEveryRuntime
    @NotSimulated("needs a runtime of its own")
    void h7_timerThatCannotBeSet_endsTheCallAndServesNobodyElse(TestRuntime runtime) throws Exception {
        runWithFailures(runtime, failing -> {
            failing.timers = true;
            assertThatThrownBy(() -> timeout(Duration.ofMillis(1), () -> sleep(FOREVER)))
                    .isInstanceOf(OutOfMemoryError.class);
            failing.timers = false;
            assertThatThrownBy(() -> timeout(Duration.ofMillis(1), () -> sleep(FOREVER)))
                    .isInstanceOf(TimeoutException.class);
        });
    }

    /** A pool may take a thread in, and throw since it has no stack or memory for one more worker. */
    @OnEveryRuntime
    @NotSimulated("needs a runtime of its own")
    void h7_startThatThrowsAlthoughTheThreadRuns_isOneOrTheOther(TestRuntime runtime) throws Exception {
        var ran = new AtomicInteger();
        var returned = new AtomicInteger();
        var failed = new AtomicInteger();
        runWithFailures(runtime, failing -> {
            for (var i = 0; i < 500; i++) {
                failing.throwsAfterStart = true;
                try {
                    gather(ran::incrementAndGet);
                    returned.incrementAndGet();
                } catch (OutOfMemoryError e) {
                    failed.incrementAndGet();
                }
                failing.throwsAfterStart = false;
                assertThat(gather(() -> 1)).containsExactly(1); // whatever was left of the other has had its turn
            }
        });
        assertThat(returned.get() + failed.get()).isEqualTo(500);
        assertThat(failed).hasPositiveValue();
        assertThat(ran).hasValue(returned.get());
    }

    private static void runWithFailures(TestRuntime runtime, MainWithFailures main) throws Exception {
        var opened = runtime.open();
        var failing = new FailingScheduler(opened.scheduler());
        try (var runner = Runner.builder()
                .signals(false)
                .runtime(() -> WeftRuntime.of(failing, opened::close))
                .build()) {
            runner.run(() -> main.accept(failing));
        }
    }

    private interface MainWithFailures {
        void accept(FailingScheduler failing) throws Exception;
    }

    /** There is no memory for threads, or for timers. */
    private static final class FailingScheduler extends ForwardingScheduler {
        volatile boolean starts;
        volatile boolean throwsAfterStart;
        volatile boolean timers;

        FailingScheduler(Scheduler scheduler) {
            super(scheduler);
        }

        @Override
        public void start(Strand strand) {
            failIf(starts);
            super.start(strand);
            failIf(throwsAfterStart);
        }

        @Override
        public void startBeside(String name, Runnable action) {
            failIf(starts);
            super.startBeside(name, action);
        }

        @Override
        public TimerHandle schedule(long deadlineNanos, Runnable action) {
            failIf(timers);
            return super.schedule(deadlineNanos, action);
        }

        private static void failIf(boolean fails) {
            if (fails) {
                throw new OutOfMemoryError("as the test wants it");
            }
        }
    }

    @OnEveryRuntime
    void r5_runEndsOnlyWhenTheCallbacksOfItsTasksHave(TestRuntime runtime) throws Exception {
        for (var round = 0; round < 200; round++) {
            var called = new AtomicInteger();
            runtime.run(() -> {
                var leftover = createTask(() -> sleep(FOREVER));
                leftover.onDone(task -> {
                    Thread.yield();
                    called.incrementAndGet();
                });
                leftover.toCompletableFuture().whenComplete((value, exception) -> called.incrementAndGet());
                var ended = createTask(() -> 1);
                ended.await();
                ended.onDone(task -> called.incrementAndGet());
            });
            assertThat(called).hasValue(3);
        }
    }

    @OnEveryRuntime
    void h3_exceptionWhoseTextThrows_reachesWhoeverUsesTheTaskAsAFuture(TestRuntime runtime) throws Exception {
        var hostile = new Exception() {
            @Override
            public String toString() {
                throw new IllegalStateException("toString throws");
            }
        };
        runtime.run(() -> {
            var task = createTask(() -> {
                throw hostile;
            });
            assertThatThrownBy(task::get)
                    .isInstanceOf(ExecutionException.class)
                    .satisfies(e -> assertThat(e.getCause() == hostile).isTrue());
            var told = new CompletableFuture<Throwable>();
            task.toCompletableFuture().thenApply(value -> value).whenComplete((value, e) -> told.complete(e));
            var seen = Weft.await(told);
            assertThat(seen.getCause() == hostile).isTrue();
        });
    }
}
