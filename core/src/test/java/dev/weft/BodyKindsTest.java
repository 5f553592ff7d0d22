package dev.weft;

import static dev.weft.Weft.asCompleted;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.race;
import static dev.weft.Weft.settle;
import static dev.weft.Weft.taskGroup;
import static dev.weft.Weft.timeout;
import static dev.weft.Weft.waitFor;
import static dev.weft.sync.Attempts.hedge;
import static dev.weft.sync.Attempts.retry;
import static java.time.Duration.ofHours;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.sync.RetryPolicy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/** J36: callables and bodies without results do what bodies do. */
class BodyKindsTest {

    private final AtomicInteger calls = new AtomicInteger();
    private final Callable<String> callable = () -> "called " + calls.incrementAndGet();
    private final Callable<String> failing = () -> {
        throw new IOException("failed " + calls.incrementAndGet());
    };

    private void count() {
        calls.incrementAndGet();
    }

    @OnEveryRuntime
    void j36_callablesAreBodies(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            assertThat(gather(callable, () -> "plain").getLast()).isEqualTo("plain");
            assertThat(race(failing, callable)).startsWith("called");
            assertThat(settle(callable, failing).getLast()).isInstanceOf(Outcome.Failure.class);
            assertThat(settle(List.of(callable)).getFirst()).isInstanceOf(Outcome.Success.class);
            assertThat(createTask(callable).await()).startsWith("called");
            assertThat(timeout(ofHours(1), callable)).startsWith("called");
            assertThat(waitFor(callable, ofHours(1))).startsWith("called");
            assertThat(retry(RetryPolicy.attempts(2), callable)).startsWith("called");
            assertThat(hedge(ofHours(1), failing, callable)).startsWith("called");
            try (var completions = asCompleted(callable)) {
                assertThat(completions.iterator().next().await()).startsWith("called");
            }
            assertThatThrownBy(() -> gather(failing)).isInstanceOf(IOException.class);
        });
    }

    @OnEveryRuntime
    void j36_callableThatIsATaskIsAwaitedAndNotStarted(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var task = createTask(callable);
            Callable<String> asCallable = task;
            VoidBody<RuntimeException> asVoid = task;
            var before = Weft.allTasks().size();
            assertThat(gather(asCallable, asCallable)).containsOnly("called 1");
            gather(asVoid, () -> count());
            assertThat(settle(asVoid, () -> count()))
                    .containsExactly(new Outcome.Success<>("called 1"), new Outcome.Success<>(null));
            try (var completions = asCompleted(asVoid)) {
                assertThat((Object) completions.iterator().next().task()).isSameAs(task);
            }
            assertThat(Weft.allTasks()).hasSizeLessThanOrEqualTo(before);
            assertThatIllegalArgumentException().isThrownBy(() -> createTask(asCallable));
            assertThatIllegalArgumentException().isThrownBy(() -> createTask(asVoid));
            taskGroup(group -> {
                assertThatIllegalArgumentException().isThrownBy(() -> group.createTask(asVoid));
                assertThatIllegalArgumentException().isThrownBy(() -> group.createTask(asCallable));
            });
        });
    }

    @OnEveryRuntime
    void j36_bodiesWithoutResultsGiveNull(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            assertThat(settle(() -> count(), () -> count()))
                    .containsExactly(new Outcome.Success<>(null), new Outcome.Success<>(null));
            race(() -> count(), () -> Weft.sleep(Weft.FOREVER));
            hedge(ofHours(1), () -> count(), () -> count());
            var values = new ArrayList<Object>();
            try (var completions = asCompleted(() -> count(), () -> count())) {
                for (var next : completions) {
                    values.add(next.await());
                }
            }
            assertThat(values).containsExactly(null, null);
        });
    }

    /** A body that comes as one without a result: the task must not hold a value that its type rules out. */
    @OnEveryRuntime
    void j36_resultOfABodyGivenAsOneWithoutIsDropped(TestRuntime runtime) throws Exception {
        Body<String, RuntimeException> body = () -> "dropped";
        VoidBody<RuntimeException> asVoid = body;
        runtime.run(() -> {
            Void value = createTask(asVoid).await();
            assertThat((Object) value).isNull();
            taskGroup(group -> {
                Void inGroup = group.createTask("name", asVoid).await();
                assertThat((Object) inGroup).isNull();
            });
        });
    }
}
