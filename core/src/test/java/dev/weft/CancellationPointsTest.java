package dev.weft;

import static dev.weft.Weft.*;
import static java.time.Duration.ofHours;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.weft.sync.Attempts;
import dev.weft.sync.Barrier;
import dev.weft.sync.CapacityLimiter;
import dev.weft.sync.Condition;
import dev.weft.sync.Event;
import dev.weft.sync.Lock;
import dev.weft.sync.Queue;
import dev.weft.sync.RateLimiter;
import dev.weft.sync.RetryPolicy;
import dev.weft.sync.Semaphore;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/**
 * Every call that is a cancellation point is one whether it would have to wait or not, also where a request is pending
 * that no interrupt was sent for: within {@code onCancel}. Each call below could go on at once.
 */
class CancellationPointsTest {

    private static final List<Class<?>> TYPES = List.of(
            Weft.class,
            Task.class,
            TaskGroup.class,
            Completion.class,
            TimedCompletion.class,
            Lock.class,
            Condition.class,
            Semaphore.class,
            Event.class,
            Barrier.class,
            Queue.class,
            CapacityLimiter.class,
            RateLimiter.class,
            Attempts.class);

    /** They run a body on the caller's thread, and are no cancellation points of their own; or begin a run. */
    private static final Set<String> OTHERS = Set.of(
            "Weft.run",
            "Weft.timeout",
            "Weft.timeoutAt",
            "Weft.moveOnAfter",
            "Weft.moveOnAt",
            "Weft.cancellable",
            "Weft.onCancel",
            "Weft.uninterrupted",
            "Weft.blocking",
            "Weft.propagate");

    /** A call that is about to be made, and that a row gives to {@link Calls#make}. */
    private interface Row {
        void run(Calls calls) throws Exception;
    }

    private static final Map<String, Row> ROWS = new LinkedHashMap<>();

    static {
        ROWS.put("Lock.acquire", calls -> calls.make(new Lock()::acquire));
        ROWS.put("Lock.hold", calls -> calls.make(() -> new Lock().hold().close()));
        ROWS.put("Lock.with", calls -> calls.make(() -> new Lock().with(() -> {})));
        ROWS.put("Semaphore.acquire", calls -> calls.make(new Semaphore(1)::acquire));
        ROWS.put(
                "Semaphore.hold",
                calls -> calls.make(() -> new Semaphore(1).hold().close()));
        ROWS.put("Semaphore.with", calls -> calls.make(() -> new Semaphore(1).with(() -> {})));
        ROWS.put("CapacityLimiter.hold", calls -> {
            calls.make(() -> new CapacityLimiter(1).hold().close());
            calls.make(() -> new CapacityLimiter(2).hold(2).close());
        });
        ROWS.put("CapacityLimiter.with", calls -> calls.make(() -> new CapacityLimiter(1).with(() -> {})));
        ROWS.put("RateLimiter.acquire", calls -> calls.make(new RateLimiter(1, ofHours(1), 1)::acquire));
        ROWS.put("Event.await", calls -> {
            var event = new Event();
            event.set();
            calls.make(event::await);
        });
        ROWS.put("Barrier.await", calls -> calls.make(new Barrier(1)::await));
        ROWS.put("Queue.put", calls -> {
            calls.make(() -> new Queue<Integer>().put(1));
            calls.make(() -> new Queue<Integer>(1).put(1));
        });
        ROWS.put("Queue.get", calls -> {
            var queue = new Queue<Integer>();
            queue.putNowait(1);
            calls.make(queue::get);
        });
        ROWS.put("Queue.join", calls -> calls.make(new Queue<Integer>()::join));
        ROWS.put(
                "Condition.hold",
                calls -> calls.make(() -> new Condition().hold().close()));
        ROWS.put("Condition.with", calls -> calls.make(() -> new Condition().with(() -> {})));
        ROWS.put("Condition.await", calls -> {
            var condition = new Condition();
            condition.with(() -> calls.make(condition::await));
        });
        ROWS.put("Condition.awaitUntil", calls -> calls.make(() -> new Condition().awaitUntil(() -> true)));
        ROWS.put("Condition.awaitValue", calls -> calls.make(() -> new Condition().awaitValue(() -> 1)));
        ROWS.put("Attempts.retry", calls -> calls.make(() -> Attempts.retry(RetryPolicy.attempts(1), () -> 1)));
        ROWS.put("Attempts.hedge", calls -> calls.make(() -> Attempts.hedge(ofHours(1), () -> 1)));
        ROWS.put("Task.await", calls -> calls.make(ended()::await));
        ROWS.put("Task.get", calls -> {
            var ended = ended();
            calls.make(ended::get);
            calls.make(() -> ended.get(1, TimeUnit.HOURS));
        });
        ROWS.put("Task.run", calls -> calls.make(ended()::run));
        ROWS.put("Task.call", calls -> calls.make(ended()::call));
        ROWS.put("Task.execute", calls -> calls.make(ended()::execute));
        ROWS.put("Task.runUnder", calls -> {
            var ended = ended();
            timeout(ofHours(1), timeout -> {
                calls.make(() -> ended.runUnder(timeout));
            });
        });
        ROWS.put("Task.executeUnder", calls -> {
            var ended = ended();
            timeout(ofHours(1), timeout -> {
                calls.make(() -> ended.executeUnder(timeout));
            });
        });
        ROWS.put(
                "TaskGroup.start",
                calls -> taskGroup(group -> {
                    calls.make(() -> group.start(ready -> {
                        ready.set(1);
                    }));
                }));
        ROWS.put("Completion.await", calls -> {
            var completion = asCompleted(List.of(ended())).iterator().next();
            calls.make(completion::await);
        });
        ROWS.put("Completion.task", calls -> {
            var completion = asCompleted(List.of(ended())).iterator().next();
            calls.make(completion::task);
        });
        ROWS.put("TimedCompletion.await", calls -> {
            var completion =
                    asCompleted(List.of(ended()), ofHours(1)).iterator().next();
            calls.make(completion::await);
        });
        ROWS.put("TimedCompletion.task", calls -> {
            var completion =
                    asCompleted(List.of(ended()), ofHours(1)).iterator().next();
            calls.make(completion::task);
        });
        ROWS.put("Weft.sleep", calls -> {
            calls.make(() -> sleep(Duration.ZERO));
            calls.make(() -> sleep(Duration.ZERO, 1));
            calls.make(() -> sleep(ofHours(1)));
        });
        ROWS.put("Weft.await", calls -> calls.make(() -> Weft.await(CompletableFuture.completedFuture(1))));
        ROWS.put("Weft.gather", calls -> {
            calls.make(() -> gather());
            calls.make(() -> gather(() -> 1));
            var ended = ended();
            calls.make(() -> gather(ended));
        });
        ROWS.put("Weft.combine", calls -> calls.make(() -> combine(() -> 1, () -> 2, Integer::sum)));
        ROWS.put("Weft.settle", calls -> calls.make(() -> settle(() -> 1)));
        ROWS.put("Weft.race", calls -> calls.make(() -> race(() -> 1)));
        ROWS.put("Weft.mapConcurrent", calls -> {
            calls.make(() -> mapConcurrent(List.of(1), 1, item -> item));
            calls.make(() -> mapConcurrent(List.<Integer>of(), 1, item -> item));
        });
        ROWS.put("Weft.forEachConcurrent", calls -> calls.make(() -> forEachConcurrent(List.of(1), 1, item -> {})));
        ROWS.put("Weft.taskGroup", calls -> calls.make(() -> taskGroup(group -> {})));
        ROWS.put("Weft.waitUntil", calls -> {
            var ended = ended();
            calls.make(() -> waitUntil(ReturnWhen.ALL_COMPLETED, List.of(ended)));
            calls.make(() -> waitUntil(ReturnWhen.ALL_COMPLETED, List.of(ended), ofHours(1)));
        });
        ROWS.put("Weft.waitFor", calls -> {
            var ended = ended();
            calls.make(() -> waitFor(ended, ofHours(1)));
        });
        ROWS.put("Weft.shield", calls -> {
            var ended = ended();
            calls.make(() -> shield(ended));
        });
        ROWS.put("Weft.abandonOnCancel", calls -> calls.make(() -> abandonOnCancel(() -> 1)));
    }

    private static Task<Integer> ended() throws InterruptedException {
        var task = createTask(() -> 1);
        task.await();
        return task;
    }

    /** The calls of a row, each of which throws at once. */
    private record Calls(String row, SoftAssertions all) {

        void make(ThrowingCallable call) throws InterruptedException {
            var interrupted = new AtomicReference<Boolean>();
            var thrown = new AtomicReference<Throwable>();
            onCancel(() -> {}, FOREVER, () -> {
                Tasks.self().cancel("now");
                interrupted.set(Thread.currentThread().isInterrupted());
                thrown.set(catchThrowable(call));
                return 0;
            });
            all.assertThat(interrupted).as("%s: no interrupt before", row).hasValue(false);
            all.assertThat(thrown.get()).as(row).isInstanceOf(CancelledException.class);
        }
    }

    @OnEveryRuntime
    void v3_callThatCouldGoOn_isACancellationPointWithinOnCancel(TestRuntime runtime) throws Exception {
        var all = new SoftAssertions();
        for (var row : ROWS.entrySet()) {
            runtime.run(() -> {
                var task = createTask(() -> row.getValue().run(new Calls(row.getKey(), all)));
                Tasks.join(task);
                all.assertThat(task.outcome())
                        .as("%s, afterwards", row.getKey())
                        .isInstanceOf(Outcome.Success.class);
            });
        }
        all.assertAll();
    }

    /** A call that is added must have a row. */
    @Test
    void v3_everyCancellationPoint_hasARow() {
        var declared = TYPES.stream()
                .flatMap(type -> Arrays.stream(type.getMethods())
                        .filter(CancellationPointsTest::mayBeInterrupted)
                        .map(method -> type.getSimpleName() + "." + method.getName()))
                .collect(Collectors.toCollection(TreeSet::new));
        var expected = new TreeSet<>(ROWS.keySet());
        expected.addAll(OTHERS);
        assertThat(declared).isEqualTo(expected);
    }

    private static boolean mayBeInterrupted(Method method) {
        return method.getDeclaringClass() != Object.class
                && Arrays.asList(method.getExceptionTypes()).contains(InterruptedException.class);
    }
}
