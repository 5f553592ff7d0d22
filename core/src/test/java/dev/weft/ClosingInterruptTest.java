package dev.weft;

import static dev.weft.Weft.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.spi.AbstractInterruptibleChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** Interrupts that close a channel, which is foreign code: it may take long, or throw. */
class ClosingInterruptTest {

    /** A call that blocks, and is closed by an interrupt. */
    private abstract static class Channel extends AbstractInterruptibleChannel {
        final CountDownLatch blocks = new CountDownLatch(1);

        void block() throws ClosedByInterruptException {
            try {
                begin();
                blocks.countDown();
                while (isOpen()) {
                    LockSupport.park();
                }
            } finally {
                try {
                    end(false);
                } catch (ClosedByInterruptException e) {
                    throw e;
                } catch (AsynchronousCloseException e) {
                    throw new AssertionError(e);
                }
            }
        }
    }

    private static final class SlowChannel extends Channel {
        final CountDownLatch closing = new CountDownLatch(1);
        final CountDownLatch closed = new CountDownLatch(1);

        @Override
        protected void implCloseChannel() {
            closing.countDown();
            var interrupted = false;
            while (closed.getCount() > 0) {
                try {
                    closed.await();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static final class FailingChannel extends Channel {
        @Override
        protected void implCloseChannel() {
            throw new IllegalStateException("close fails");
        }
    }

    @OnEveryRuntime
    @NotSimulated("needs threads that run at the same time")
    void h5_slowCloseByADeadline_holdsUpNoOtherDeadline(TestRuntime runtime) throws Exception {
        var channel = new SlowChannel();
        runtime.run(() -> {
            var limited = createTask(
                    "limited", () -> timeout(Duration.ofMillis(5), () -> Weft.<Exception>blocking(channel::block)));
            Tasks.awaitTrue(() -> channel.closing.getCount() == 0);
            // and neither does it hold up those who look at the task, or ask it to stop
            assertThatThrownBy(() -> timeout(Duration.ofMillis(5), () -> sleep(FOREVER)))
                    .isInstanceOf(TimeoutException.class);
            assertThat(limited.toString()).contains("limited");
            assertThat(limited.cancelling()).isEqualTo(1);
            limited.cancel("too");
            assertThat(limited.cancelling()).isEqualTo(2);
            channel.closed.countDown();
            waitUntil(ReturnWhen.ALL_COMPLETED, List.of(limited));
            assertThat(limited.isCancelled()).isTrue();
        });
    }

    @OnEveryRuntime
    @NotSimulated("needs threads that run at the same time")
    void h5_slowCloseOfOneOfMany_holdsUpNoOther(TestRuntime runtime) throws Exception {
        var channels = List.of(new SlowChannel(), new SlowChannel(), new SlowChannel());
        runtime.run(() -> {
            var all = createTask(() -> mapConcurrent(channels, 3, channel -> {
                Weft.<Exception>blocking(channel::block);
                return 0;
            }));
            for (var channel : channels) {
                Tasks.awaitTrue(() -> channel.blocks.getCount() == 0);
            }
            var canceller = Thread.ofVirtual().start(() -> all.cancel("enough"));
            for (var channel : channels) {
                Tasks.awaitTrue(() -> channel.closing.getCount() == 0);
            }
            channels.forEach(channel -> channel.closed.countDown());
            waitUntil(ReturnWhen.ALL_COMPLETED, List.of(all));
            canceller.join();
        });
    }

    @OnEveryRuntime
    @NotSimulated("needs threads that run at the same time")
    void h5_closeThatThrows_isReportedAndTheTaskEnds(TestRuntime runtime) throws Exception {
        var problems = new CopyOnWriteArrayList<Problem>();
        var channel = new FailingChannel();
        runtime.run(problems, () -> {
            var task = createTask(() -> Weft.<Exception>blocking(channel::block));
            Tasks.awaitTrue(() -> channel.blocks.getCount() == 0);
            task.cancel("enough");
            waitUntil(ReturnWhen.ALL_COMPLETED, List.of(task));
            assertThat(task.isCancelled()).isTrue();
            Tasks.awaitTrue(() -> !problems.isEmpty());
        });
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(Problem.Kind.CALLBACK_FAILURE);
            assertThat(problem.exception()).hasMessage("close fails");
        });
    }

    /** The interrupt does not come after the block that has asked for it. */
    @OnEveryRuntime
    @NotSimulated("needs threads that run at the same time")
    void h5_blockEndsWhileItsInterruptIsSent_waitsForThat(TestRuntime runtime) throws Exception {
        for (var round = 0; round < 20; round++) {
            var channel = new SlowChannel();
            runtime.run(() -> {
                var ended = new CountDownLatch(1);
                var task = createTask(() -> {
                    try {
                        timeout(Duration.ofMillis(1), () -> Weft.<Exception>blocking(channel::block));
                    } catch (TimeoutException e) {
                        // as it should
                    }
                    ended.countDown();
                    return Thread.currentThread().isInterrupted();
                });
                Tasks.awaitTrue(() -> channel.closing.getCount() == 0);
                assertThat(ended.getCount()).isEqualTo(1);
                channel.closed.countDown();
                assertThat(task.await()).isFalse();
            });
        }
    }

    /** The thread that asks the block has no lock: another child's end must not wait for the close. */
    @OnEveryRuntime
    @NotSimulated("needs threads that run at the same time")
    void h5_slowCloseOfAGroupsBlock_holdsUpNoOtherChild(TestRuntime runtime) throws Exception {
        var channel = new SlowChannel();
        runtime.run(() -> {
            var created = new CompletableFuture<Task<?>>();
            var waiter = createTask("waits for the second", () -> {
                waitUntil(ReturnWhen.ALL_COMPLETED, List.of(Weft.await(created)));
                channel.closed.countDown(); // so the close waits for the end of the second child
            });
            assertThatThrownBy(() -> taskGroup(group -> {
                        created.complete(group.createTask("second", () -> {
                            Tasks.awaitTrueStubbornly(() -> channel.closing.getCount() == 0);
                            throw new IllegalStateException("second");
                        }));
                        group.createTask("first", () -> {
                            Tasks.awaitTrue(() -> channel.blocks.getCount() == 0);
                            throw new IllegalStateException("first");
                        });
                        Weft.<Exception>blocking(channel::block);
                    }))
                    .isInstanceOfSatisfying(
                            ExceptionGroup.class,
                            failed -> assertThat(failed.exceptions())
                                    .extracting(Throwable::getMessage)
                                    .containsExactlyInAnyOrder("first", "second"));
            Tasks.join(waiter);
        });
    }
}
