package dev.weft;

import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.await;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;
import static dev.weft.Weft.waitUntil;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.weft.internal.failure.AwaitCycleException;
import dev.weft.internal.failure.AwaitedCancelledException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** B2, W: waits that meet each other or the end of what they wait for, and awaited stages. */
@Tag("races")
@Timeout(60)
class WaitEndTest {

    /**
     * Each waits for many tasks, of which the other is the last: to look through them takes a while. The search for
     * circles goes a hundred steps far, no further.
     */
    @Test
    void b2_ofTwoThatAwaitEachOtherAtTheSameMomentOneIsRefused() throws Exception {
        TestRuntime.PARALLEL.run(() -> {
            for (var i = 0; i < 200 * Integer.getInteger("weft.stress", 1); i++) {
                var round = i;
                var others = new ArrayList<Task<?>>();
                for (var j = 0; j < 45; j++) {
                    others.add(createTask(() -> sleep(FOREVER)));
                }
                var first = new AtomicReference<Task<?>>();
                var second = new AtomicReference<Task<?>>();
                var begun = new AtomicInteger();
                first.set(createTask(() -> gatherWith(others, second, begun, round, 1)));
                second.set(createTask(() -> gatherWith(others, first, begun, round, 2)));
                Soon.of(() -> {
                    Tasks.join(first.get(), second.get());
                    return null;
                });
                assertThat(Arrays.asList(first.get().exception(), second.get().exception()))
                        .hasAtLeastOneElementOfType(AwaitCycleException.class);
                others.forEach(Task::cancel);
                Tasks.join(others.toArray(Task<?>[]::new));
            }
        });
    }

    private static void gatherWith(
            List<Task<?>> others, AtomicReference<Task<?>> other, AtomicInteger begun, int round, int place)
            throws Exception {
        begun.incrementAndGet();
        for (var spins = 0; begun.get() < 2 || other.get() == null; spins++) {
            if (spins % 2_000 == 1_999) {
                Thread.yield();
            }
            Thread.onSpinWait();
        }
        Tasks.linger(round, place, 11);
        var all = new ArrayList<>(others);
        all.add(other.get());
        Weft.gather(all);
    }

    @OnEveryRuntime
    void b2_waitThatIsOverClosesNoCycle(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var release = new Gate();
            var goOn = new Gate();
            var awaited = new AtomicReference<Task<?>>();
            var waiter = createTask(() -> {
                var inner = awaited.get();
                var _ = catchThrowable(() -> timeout(Duration.ofMillis(1), () -> Weft.shield(inner)));
                var _ = catchThrowable(() -> waitUntil(ReturnWhen.ALL_COMPLETED, List.of(inner), Duration.ofMillis(1)));
                goOn.awaitStubbornly();
                return "over";
            });
            awaited.set(createTask(() -> {
                release.awaitStubbornly();
                return waiter.await();
            }));
            Tasks.awaitTrue(() -> waiter.toString().contains("completion stage"));
            release.open();
            Soon.waits(awaited.get());
            goOn.open();
            assertThat(Soon.result(awaited.get())).isEqualTo("over");
        });
    }

    @OnEveryRuntime
    void b2_messageTellsTheWholeCircle(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var third = new AtomicReference<Task<?>>();
            var gate = new Gate();
            var first = createTask("first", () -> {
                gate.awaitStubbornly();
                third.get().await();
            });
            var second = createTask("second", () -> first.await());
            third.set(createTask("third", () -> second.await()));
            Soon.waits(second);
            Soon.waits(third.get());
            gate.open();
            Tasks.join(first);
            assertThat(first.exception())
                    .isInstanceOf(AwaitCycleException.class)
                    .hasMessage("task 'first' awaits task 'third' awaits task 'second' awaits task 'first':"
                            + " none of them would ever go on");
            Tasks.join(second, third.get());
            third.get().exception();
            second.exception();
        });
    }

    @OnEveryRuntime
    void w11_failuresOfAStageComeAsTheyAre(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var failure = new IOException("broken");
            assertThatThrownBy(() -> await(CompletableFuture.failedStage(failure)))
                    .isSameAs(failure);
            assertThatThrownBy(() -> await(CompletableFuture.failedFuture(failure)
                            .thenApply(x -> x)
                            .minimalCompletionStage()))
                    .isSameAs(failure);
            var inner = new CompletionException(failure);
            assertThatThrownBy(() -> await(CompletableFuture.failedStage(new CompletionException(inner))))
                    .isSameAs(inner);
            var bare = new CompletionException("bare", null);
            assertThatThrownBy(() -> await(CompletableFuture.failedStage(bare))).isSameAs(bare);
            var execution = new ExecutionException(failure);
            assertThatThrownBy(() -> await(CompletableFuture.failedStage(execution)))
                    .isSameAs(execution);
            var error = new StackOverflowError("on purpose");
            assertThatThrownBy(() -> await(CompletableFuture.failedStage(error)))
                    .isSameAs(error);
            assertThat(Weft.<String>await(CompletableFuture.completedStage(null)))
                    .isNull();
            var cancelled = new CompletableFuture<String>();
            cancelled.cancel(true);
            for (var stage : List.<CompletionStage<String>>of(cancelled, cancelled.thenApply(x -> x))) {
                assertThatThrownBy(() -> await(stage))
                        .isInstanceOf(CancellationException.class)
                        .isInstanceOf(AwaitedCancelledException.class);
            }
        });
    }

    @OnEveryRuntime
    void w11_waitThatIsStoppedCancelsItsStageIfThatCanBeCancelled(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var future = new CompletableFuture<String>();
            var minimal = new CompletableFuture<String>();
            var first = createTask(() -> await(future));
            var second = createTask(() -> await(minimal.minimalCompletionStage()));
            Soon.waits(first);
            Soon.waits(second);
            first.cancel();
            second.cancel();
            Tasks.join(first, second);
            assertThat(first.isCancelled()).isTrue();
            assertThat(second.isCancelled()).isTrue();
            assertThat(future.isCancelled()).isTrue();
            assertThat(minimal.isDone()).isFalse();
        });
    }

    @Test
    void w11_whoIsToldThatAStageIsDoneSeesItsValue() throws Exception {
        TestRuntime.PARALLEL.run(() -> {
            for (var i = 0; i < 3_000 * Integer.getInteger("weft.stress", 1); i++) {
                var round = i;
                var future = new CompletableFuture<Integer>();
                var task = createTask(() -> await(future));
                Thread.ofVirtual().start(() -> {
                    Tasks.linger(round, 1, 97);
                    future.complete(round);
                });
                assertThat(Soon.result(task)).isEqualTo(round);
            }
        });
    }

    @OnEveryRuntime
    void w4_cancelledTaskIsNoException(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var release = new Gate();
            var cancelled = createTask(() -> sleep(FOREVER));
            var staying = createTask(() -> release.awaitStubbornly());
            var waiter = createTask(() -> waitUntil(ReturnWhen.FIRST_EXCEPTION, List.of(cancelled, staying)));
            Soon.waits(waiter);
            cancelled.cancel();
            Tasks.join(cancelled);
            assertThat(Tasks.staysPending(waiter)).isTrue();
            release.open();
            assertThat(Soon.result(waiter).done()).hasSize(2);
        });
    }

    @OnEveryRuntime
    void w2_taskThatEndsMeanwhileAndOneThatHadEndedCountOnceEach(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var ended = createTask(() -> 1);
            Tasks.join(ended);
            var release = new Gate();
            var first = createTask(() -> release.awaitStubbornly());
            var secondRelease = new Gate();
            var second = createTask(() -> secondRelease.awaitStubbornly());
            var waiter = createTask(() -> waitUntil(ReturnWhen.ALL_COMPLETED, List.of(first, ended, second, first)));
            Soon.waits(waiter);
            release.open();
            Tasks.join(first);
            assertThat(Tasks.staysPending(waiter)).isTrue();
            secondRelease.open();
            assertThat(Soon.result(waiter).done()).hasSize(3);
        });
    }
}
