package dev.weft;

import static dev.weft.Tasks.awaitTrue;
import static dev.weft.Tasks.self;
import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.mapConcurrent;
import static dev.weft.Weft.settle;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.taskGroup;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.internal.task.CallerStrand;
import dev.weft.internal.task.Scope;
import dev.weft.internal.task.TaskImpl;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** One call asks each of its children to stop once, however many of them fail at the same moment. */
class StopOnceTest {

    private static final int ROUNDS = TestRuntime.areOthers() ? 5 : 300;
    private static final int FAILING = 3;

    /** Bodies of which all but the first fail together; the first counts how often it is asked to stop. */
    private static final class Round {
        final int number;
        final Gate sleeps = new Gate();
        final AtomicInteger ready = new AtomicInteger();
        final AtomicInteger failed = new AtomicInteger();
        final AtomicInteger asked = new AtomicInteger();
        final List<Body<Object, Exception>> bodies;

        Round(int number) {
            this.number = number;
            this.bodies = IntStream.rangeClosed(0, FAILING)
                    .<Body<Object, Exception>>mapToObj(i -> i == 0 ? this::countRequests : () -> fail(i))
                    .toList();
        }

        private Object countRequests() throws InterruptedException {
            sleeps.open();
            try {
                return sleep(FOREVER, "never");
            } catch (InterruptedException e) {
                try {
                    asked.incrementAndGet();
                    awaitTrue(() -> failed.get() == FAILING);
                    for (var i = 0; i < 10; i++) {
                        sleep(Duration.ZERO);
                    }
                } catch (InterruptedException again) {
                    asked.incrementAndGet();
                }
                asked.accumulateAndGet(self().cancelling(), Math::max);
                throw e;
            }
        }

        private Object fail(int place) {
            try {
                sleeps.await();
                ready.incrementAndGet();
                while (ready.get() < FAILING) {
                    sleep(Duration.ZERO);
                }
            } catch (InterruptedException e) {
                // one of the others was faster
            }
            Tasks.linger(number, place, 50);
            failed.incrementAndGet();
            throw new IllegalStateException("failure of " + place);
        }
    }

    private interface Call {
        void call(List<Body<Object, Exception>> bodies) throws Exception;
    }

    private static void assertAsksOnce(TestRuntime runtime, Call call) throws Exception {
        runtime.run(() -> {
            for (var number = 0; number < ROUNDS; number++) {
                var round = new Round(number);
                ThrowingCallable failing = () -> call.call(round.bodies);
                assertThatThrownBy(failing).isInstanceOf(Exception.class);
                assertThat(round.asked).hasValue(1);
            }
        });
    }

    @OnEveryRuntime
    void j9_mapConcurrent_failuresAtTheSameMoment_askTheOthersOnce(TestRuntime runtime) throws Exception {
        assertAsksOnce(runtime, bodies -> mapConcurrent(bodies, 10, Body::run));
    }

    @OnEveryRuntime
    void g2_gather_failuresAtTheSameMoment_askTheOthersOnce(TestRuntime runtime) throws Exception {
        assertAsksOnce(runtime, bodies -> gather(bodies));
    }

    @OnEveryRuntime
    void tg4_taskGroup_failuresAtTheSameMoment_askTheOthersOnce(TestRuntime runtime) throws Exception {
        assertAsksOnce(
                runtime,
                bodies -> taskGroup(group -> {
                    bodies.forEach(group::createTask);
                }));
    }

    @OnEveryRuntime
    void g3_settleIsNamedInWaits(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var started = new Gate();
            var settling = createTask(() -> settle(
                    () -> {
                        started.open();
                        return sleep(FOREVER, "never");
                    },
                    () -> "done"));
            started.await();
            awaitTrue(() -> settling.toString().contains("settle of 2"));
            assertThat(settling.toString()).doesNotContain("gather");
            assertThat(Weft.dump().toString()).contains("settle of 2").doesNotContain("gather of 2");
            settling.cancel("enough");
        });
    }

    /** The others are asked as often as this visits them. */
    private static final class Visited extends Scope {
        final AtomicInteger visits = new AtomicInteger();

        Visited() {
            super(new CallerStrand(Thread.currentThread()));
        }

        @Override
        public void forEachChild(Consumer<? super TaskImpl<?>> action) {
            visits.incrementAndGet();
        }

        @Override
        public void ended(TaskImpl<?> child) {}

        @Override
        public String kind() {
            return "call";
        }
    }

    @Test
    void j9_stoppedByTwoThreadsAtTheSameMoment_asksOnce() throws Exception {
        var meeting = new CyclicBarrier(2);
        var calls = IntStream.range(0, 5_000).mapToObj(i -> new Visited()).toList();
        Callable<Void> stopping = () -> {
            for (var call : calls) {
                meeting.await();
                call.stopOnce(new Cancellation("both", "test", Deadline.now()), null);
            }
            return null;
        };
        var other = Tasks.onForeignThread(stopping);
        stopping.call();
        other.join();
        assertThat(calls).allMatch(call -> call.visits.get() == 1);
    }
}
