package dev.weft;

import static dev.weft.Weft.*;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.internal.failure.Sneaky;
import dev.weft.sync.RetryPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class BadInputTest {

    private static final Body<String, RuntimeException> NO_BODY = null;
    private static final VoidBody<RuntimeException> NO_VOID_BODY = null;
    private static final Duration NO_DURATION = null;
    private static final Callable<String> NO_CALLABLE = null;
    private static final Callable<String> CALLABLE = () -> "";

    private final AtomicBoolean started = new AtomicBoolean();

    private final Body<String, RuntimeException> body = () -> {
        started.set(true);
        return "";
    };

    private record Case(String name, org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String says) {}

    private Stream<Case> nulls() {
        return Stream.of(
                new Case("gather", () -> gather(body, NO_BODY), "bodies[1]"),
                new Case("gather void", () -> gather(NO_VOID_BODY, NO_VOID_BODY), "bodies[0]"),
                new Case("gather list", () -> gather(Arrays.asList(body, null)), "bodies[1]"),
                new Case("settle", () -> settle(body, NO_BODY), "bodies[1]"),
                new Case("race", () -> race(body, NO_BODY), "bodies[1]"),
                new Case("combine", () -> combine(body, NO_BODY, (a, b) -> a), "bodies[1]"),
                new Case("combiner", () -> combine(body, body, null), "combiner"),
                new Case("mapConcurrent items", () -> mapConcurrent(null, 1, item -> item), "items"),
                new Case("mapConcurrent body", () -> mapConcurrent(List.of(1), 1, null), "body"),
                new Case("forEachConcurrent body", () -> forEachConcurrent(List.of(1), 1, null), "body"),
                new Case("taskGroup", () -> taskGroup((VoidGroupBody) null), "block"),
                new Case("taskGroup options", () -> taskGroup((GroupOptions) null, group -> {}), "options"),
                new Case("timeout limit", () -> timeout(NO_DURATION, body), "limit"),
                new Case("timeout body", () -> timeout(ofHours(1), NO_BODY), "body"),
                new Case("timeoutAt", () -> timeoutAt(null, body), "deadline"),
                new Case("waitFor limit", () -> waitFor(body, NO_DURATION), "limit"),
                new Case("waitFor body", () -> waitFor(NO_BODY, ofHours(1)), "body"),
                new Case("shield", () -> shield(NO_BODY), "body"),
                new Case("sleep", () -> sleep(null), "duration"),
                new Case("blocking", () -> blocking(NO_BODY), "body"),
                new Case("abandonOnCancel", () -> abandonOnCancel(NO_BODY), "body"),
                new Case("onCancel action", () -> onCancel(null, body), "action"),
                new Case("onCancel body", () -> onCancel(() -> {}, NO_BODY), "body"),
                new Case("onCancel interruptAfter", () -> onCancel(() -> {}, null, body), "interruptAfter"),
                new Case("combine of callables", () -> combine(NO_CALLABLE, CALLABLE, (a, b) -> a), "first"),
                new Case("combine of callables, second", () -> combine(CALLABLE, NO_CALLABLE, (a, b) -> a), "second"),
                new Case("delay", () -> RetryPolicy.attempts(2).delay(null), "delay"),
                new Case("propagate", () -> propagate((ContextPropagator) null, body), "propagator"),
                new Case("asCompleted", () -> asCompleted(body, NO_BODY), "bodies[1]"),
                new Case("asCompleted limit", () -> asCompleted(List.of(body), null), "limit"),
                new Case("waitUntil when", () -> waitUntil(null, List.of()), "when"),
                new Case("waitUntil tasks", () -> waitUntil(ReturnWhen.ALL_COMPLETED, null), "tasks"),
                new Case("await", () -> Weft.await(null), "stage"),
                new Case("run", () -> Weft.run(NO_BODY), "main"),
                new Case("run void", () -> Weft.run(NO_VOID_BODY), "main"),
                new Case("EventLoop.run", () -> EventLoop.run(NO_BODY), "main"),
                new Case("createTask", () -> Weft.run(() -> createTask(NO_BODY)), "body"),
                new Case("createTask name", () -> Weft.run(() -> createTask((String) null, body)), "name"),
                new Case("TaskLocal", () -> TaskLocal.named(null), "name"),
                new Case("Deadline", () -> Deadline.after(null), "duration"),
                new Case("ExceptionGroup", () -> new ExceptionGroup(null, List.of(new IOException())), "message"));
    }

    @TestFactory
    Stream<DynamicTest> nullArguments() {
        return nulls().map(bad -> DynamicTest.dynamicTest(bad.name(), () -> assertNull(bad)));
    }

    @Test
    void j23_nullsAreNamedBeforeAnythingIsStarted() {
        nulls().forEach(this::assertNull);
        assertThat(started).isFalse();
    }

    private void assertNull(Case bad) {
        assertThatThrownBy(bad.call())
                .as(bad.name())
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining(bad.says());
    }

    @Test
    void j23_limitsAndEmptyArgumentsAreRejected() {
        for (var limit : List.of(0, -1, Integer.MIN_VALUE)) {
            assertThatThrownBy(() -> mapConcurrent(List.of(1), limit, item -> body.run()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("" + limit);
            assertThatThrownBy(() -> GroupOptions.failFast().limit(limit))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("" + limit);
        }
        assertThatThrownBy(() -> race()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> waitUntil(ReturnWhen.ALL_COMPLETED, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ExceptionGroup("none", List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Runner.builder().cancellationGrace(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT0S");
        assertThat(started).isFalse();
    }

    @OnEveryRuntime
    void j23_hugeDurationsMeanNoDeadline(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            for (var huge : List.of(ofSeconds(Long.MAX_VALUE), FOREVER, Duration.ofDays(300 * 366))) {
                String result = timeout(huge, timeout -> {
                    assertThat(timeout.when().isNever()).isTrue();
                    return "in time";
                });
                assertThat(result).isEqualTo("in time");
                assertThat(Deadline.after(huge)).isEqualTo(Deadline.never());
                var sleeper = createTask(() -> sleep(huge));
                sleep(Duration.ZERO);
                assertThat(sleeper.isDone()).isFalse();
                sleeper.cancel();
            }
        });
    }

    @OnEveryRuntime
    void j23_negativeDurationsHavePassed(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            for (var past : List.of(ofSeconds(-1), ofSeconds(Long.MIN_VALUE))) {
                sleep(past);
                assertThat(Deadline.after(past).hasPassed()).isTrue();
                assertThatThrownBy(() -> timeout(past, () -> sleep(Duration.ZERO)))
                        .isInstanceOf(DeadlineExceededException.class);
                var task = createTask(() -> sleep(FOREVER));
                assertThat(waitUntil(ReturnWhen.ALL_COMPLETED, List.of(task), past)
                                .pending())
                        .containsExactly(task);
                task.cancel();
            }
        });
    }

    @Test
    void createTaskWithoutARunSaysWhatToDo() {
        assertThatThrownBy(() -> createTask(body))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("createTask", "run(", "gather");
        assertThatThrownBy(() -> shield(body))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("run(");
        assertThatThrownBy(() -> currentRun()).isInstanceOf(IllegalStateException.class);
        assertThat(currentTask()).isEmpty();
        assertThat(allTasks()).isEmpty();
        assertThat(started).isFalse();
    }

    @OnEveryRuntime
    void anyThrowableOfABodyIsThrownAsItIs(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var smuggled = new IOException("smuggled");
            var throwables = new ArrayList<Throwable>(
                    List.of(new AssertionError("error"), new StackOverflowError(), smuggled, new Throwable("bare")));
            for (var throwable : throwables) {
                Body<String, RuntimeException> failing = () -> {
                    throw Sneaky.rethrow(throwable);
                };
                assertThatThrownBy(() -> gather(failing, () -> sleep(FOREVER, "")))
                        .isSameAs(throwable);
                assertThatThrownBy(() -> timeout(ofHours(1), failing)).isSameAs(throwable);
                assertThatThrownBy(() -> mapConcurrent(List.of(1, 2), 2, item -> failing.run()))
                        .isSameAs(throwable);
                var task = createTask(failing);
                assertThatThrownBy(task::await).isSameAs(throwable);
            }
        });
    }

    @OnEveryRuntime
    void realStackOverflowEndsItsTaskOnly(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var task = createTask(() -> deeper(0));
            assertThatThrownBy(task::await).isInstanceOf(StackOverflowError.class);
            assertThat(gather(() -> 1, () -> 2)).containsExactly(1, 2);
        });
    }

    private static int deeper(int depth) {
        return depth < 0 ? 0 : deeper(depth + 1) + 1;
    }
}
