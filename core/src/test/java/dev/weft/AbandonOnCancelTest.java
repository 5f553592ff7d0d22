package dev.weft;

import static dev.weft.Weft.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.spi.AbstractInterruptibleChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

class AbandonOnCancelTest {

    /** A call that no interrupt ends. */
    private static final class Stuck {
        final Gate begun = new Gate();
        final CompletableFuture<Thread> thread = new CompletableFuture<>();
        private final CompletableFuture<String> end = new CompletableFuture<>();

        String call() {
            thread.complete(Thread.currentThread());
            begun.open();
            return end.join();
        }

        void release() {
            end.complete("late");
        }

        void fail(RuntimeException failure) {
            end.completeExceptionally(failure);
        }
    }

    @OnEveryRuntime
    void j12_callerLeavesPromptlyAndTheCallGoesOnCountedAndNamed(TestRuntime runtime) throws Exception {
        var stuck = new Stuck();
        runtime.run(() -> {
            var task = createTask("resolver", () -> abandonOnCancel(stuck::call));
            stuck.begun.await();
            task.cancel("enough");
            assertThatThrownBy(task::await).hasMessageContaining("enough");
            assertThat(task.isCancelled()).isTrue();
        });
        var thread = stuck.thread.join();
        assertThat(thread.isDaemon()).isTrue();
        assertThat(thread.isVirtual()).isFalse();
        assertThat(abandonedCalls()).anySatisfy(call -> {
            assertThat(call.name()).isEqualTo(thread.getName()).contains("resolver");
            assertThat(call.since()).isPositive();
        });
        stuck.release();
        thread.join();
        assertThat(abandonedCalls()).noneMatch(call -> call.name().equals(thread.getName()));
    }

    @OnEveryRuntime
    void j12_callThatIsNotAbandonedReturnsOrThrowsAsItIs(TestRuntime runtime) throws Exception {
        var failure = new IOException("no such host");
        runtime.run(() -> {
            assertThat(abandonOnCancel(() -> "answer")).isEqualTo("answer");
            assertThatThrownBy(() -> abandonOnCancel(() -> {
                        throw failure;
                    }))
                    .isSameAs(failure);
            assertThat(abandonOnCancel(() -> currentTask())).isEmpty();
        });
    }

    @OnEveryRuntime
    void j12_abandonedCallThatFailsLaterIsReported(TestRuntime runtime) throws Exception {
        var stuck = new Stuck();
        var problems = new CopyOnWriteArrayList<Problem>();
        runtime.run(problems, () -> {
            var task = createTask(() -> abandonOnCancel(stuck::call));
            stuck.begun.await();
            task.cancel();
            assertThatThrownBy(task::await);
            stuck.fail(new IllegalStateException("broken pipe"));
        });
        stuck.thread.join().join();
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(Problem.Kind.ABANDONED_FAILURE);
            assertThat(problem.exception()).hasMessageContaining("broken pipe");
        });
    }

    @OnEveryRuntime
    void j12_otherTasksOfAnEventLoopRunMeanwhile(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var released = new CountDownLatch(1);
            var call = createTask(() -> abandonOnCancel(() -> {
                released.await();
                return "on";
            }));
            sleep(java.time.Duration.ZERO);
            released.countDown();
            assertThat(call.await()).isEqualTo("on");
        });
    }

    /** A call that holds a channel, which the interrupt closes; that fails. */
    private static final class BrokenChannel extends AbstractInterruptibleChannel {
        final Gate begun = new Gate();
        private final CountDownLatch closed = new CountDownLatch(1);

        @Override
        protected void implCloseChannel() {
            closed.countDown();
            throw new IllegalStateException("cannot be closed");
        }

        void use() throws IOException {
            begin();
            try {
                begun.open();
                while (closed.getCount() > 0) {
                    Thread.onSpinWait();
                }
            } finally {
                end(true);
            }
        }
    }

    @OnEveryRuntime
    void j12_interruptOfTheCallFails_callerIsToldOfTheCancelAndTheFailureReported(TestRuntime runtime)
            throws Exception {
        var channel = new BrokenChannel();
        var problems = new CopyOnWriteArrayList<Problem>();
        var outside = new AtomicInteger();
        var made = runtime.open();
        var counting = new ForwardingScheduler(made.scheduler()) {
            @Override
            public void outsideBegan() {
                outside.incrementAndGet();
                super.outsideBegan();
            }

            @Override
            public void outsideEnded() {
                super.outsideEnded();
                outside.decrementAndGet();
            }
        };
        try (var runner = Runner.builder()
                .signals(false)
                .onProblem(problems::add)
                .runtime(() -> WeftRuntime.of(counting, made::close))
                .build()) {
            runner.run(() -> {
                var task = createTask(() -> abandonOnCancel(channel::use));
                channel.begun.await();
                task.cancel("enough");
                assertThatThrownBy(task::await).hasMessageContaining("enough");
            });
        }
        assertThat(problems)
                .filteredOn(problem -> problem.kind() == Problem.Kind.CALLBACK_FAILURE)
                .singleElement()
                .satisfies(problem -> assertThat(problem.exception()).hasMessage("cannot be closed"));
        assertThat(outside).as("calls that the runtime waits for").hasValue(0);
    }
}
