package dev.weft;

import static dev.weft.Tasks.awaitTrue;
import static dev.weft.Tasks.join;
import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.mapConcurrent;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.taskGroup;
import static dev.weft.Weft.timeout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.weft.internal.task.TaskImpl;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A second request to a task that joins its children reaches them too (ADR 27). */
class SecondCancelTest {

    /** Its clean-up would last for ever. */
    private static final class LongCleanUp implements Body<String, RuntimeException> {
        final Gate started = new Gate();
        final Gate cleansUp = new Gate();
        final AtomicInteger requests = new AtomicInteger();
        final AtomicReference<Throwable> second = new AtomicReference<>();

        @Override
        public String run() throws InterruptedException {
            started.open();
            try {
                return sleep(FOREVER, "never");
            } catch (InterruptedException e) {
                requests.incrementAndGet();
                cleansUp.open();
                try {
                    sleep(FOREVER);
                } catch (InterruptedException again) {
                    second.set(again);
                    requests.incrementAndGet();
                }
                throw e;
            }
        }
    }

    private interface Call {
        void call(Body<String, RuntimeException> body) throws Exception;
    }

    private static void assertPassesOn(TestRuntime runtime, Call call) throws Exception {
        runtime.run(() -> {
            var body = new LongCleanUp();
            var stoppedAgain = new AtomicReference<Throwable>();
            var caller = createTask(() -> {
                try {
                    call.call(body);
                } finally {
                    stoppedAgain.set(catchThrowable(() -> sleep(FOREVER)));
                }
            });
            body.started.await();
            caller.cancel("first");
            body.cleansUp.await();
            caller.cancel("second");
            join(caller);
            assertThat(caller.isCancelled()).isTrue();
            assertThat(body.requests).hasValue(2);
            assertThat(((CancelledException) body.second.get()).cancellation().reason())
                    .isEqualTo("second");
            assertThat(((CancelledException) stoppedAgain.get()).cancellation().reason())
                    .as("the caller hears of it too, after the join")
                    .isEqualTo("second");
            assertThat(caller.cancelling()).isEqualTo(2);
        });
    }

    @OnEveryRuntime
    void c4_secondCancel_reachesAnAwaitedTask(TestRuntime runtime) throws Exception {
        assertPassesOn(runtime, body -> createTask(body).await());
    }

    @OnEveryRuntime
    void g8_secondCancel_reachesBodiesOfAGather(TestRuntime runtime) throws Exception {
        assertPassesOn(runtime, body -> gather(body));
    }

    @OnEveryRuntime
    void g8_secondCancel_reachesTasksGivenToAGather(TestRuntime runtime) throws Exception {
        assertPassesOn(runtime, body -> {
            var given = createTask(body);
            gather(given, given);
        });
    }

    @OnEveryRuntime
    void j9_secondCancel_reachesItemsOfMapConcurrent(TestRuntime runtime) throws Exception {
        assertPassesOn(runtime, body -> mapConcurrent(List.of(1), 2, i -> body.run()));
    }

    @OnEveryRuntime
    void tg6_secondCancel_reachesChildrenOfAGroup(TestRuntime runtime) throws Exception {
        assertPassesOn(
                runtime,
                body -> taskGroup(group -> {
                    group.createTask(body);
                }));
    }

    @OnEveryRuntime
    void g8_secondCancel_reachesGrandchildren(TestRuntime runtime) throws Exception {
        assertPassesOn(
                runtime,
                body -> gather(() -> taskGroup(group -> {
                    group.createTask(() -> createTask(body).await());
                })));
    }

    @OnEveryRuntime
    void j27_outerLimit_reachesTheCleanUpOfAChild(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var body = new LongCleanUp();
            var outer = new CompletableFuture<Timeout>();
            var inner = new CompletableFuture<Timeout>();
            var limited = createTask(() -> timeout(FOREVER, first -> {
                outer.complete(first);
                return timeout(FOREVER, second -> {
                    inner.complete(second);
                    return gather(body);
                });
            }));
            body.started.await();
            Weft.await(inner).rescheduleAt(Deadline.now());
            body.cleansUp.await();
            Weft.await(outer).rescheduleAt(Deadline.now());
            join(limited);
            assertThat(body.requests).hasValue(2);
            assertThat(limited.exception()).isInstanceOf(TimeoutException.class);
        });
    }

    /** The first request after a sibling's failure finds the children asked already. */
    @OnEveryRuntime
    void g8_firstCancelAfterAFailure_leavesTheCleanUpAlone(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var body = new LongCleanUp();
            var caller = createTask(() -> gather(body, () -> {
                body.started.await();
                throw new IllegalStateException("failure");
            }));
            body.cleansUp.await();
            caller.cancel("first");
            awaitTrue(() -> ((TaskImpl<?>) caller).waitingFor() != null && !((TaskImpl<?>) caller).isPending());
            assertThat(body.requests).hasValue(1);
            caller.cancel("second");
            join(caller);
            assertThat(body.requests).hasValue(2);
            assertThat(caller.outcome()).isInstanceOf(Outcome.Cancelled.class);
        });
    }

    @Test
    void j2_secondInterruptOfAThread_reachesChildren() throws Exception {
        var body = new LongCleanUp();
        var thrown = new AtomicReference<Throwable>();
        var left = new AtomicReference<Boolean>();
        var thread = Thread.ofPlatform().start(() -> {
            thrown.set(catchThrowable(() -> gather(body)));
            left.set(Thread.interrupted());
        });
        body.started.await();
        thread.interrupt();
        body.cleansUp.await();
        thread.interrupt();
        thread.join();
        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        assertThat(body.requests).hasValue(2);
        assertThat(left.get()).as("the second one is kept").isTrue();
    }
}
