package dev.weft;

import static dev.weft.Weft.createTask;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the listeners of a run are told. */
class TaskListenerTest {

    /** Writes down what it is told. */
    private static final class Notes implements TaskListener {
        final List<String> lines = new CopyOnWriteArrayList<>();
        final List<Duration> times = new CopyOnWriteArrayList<>();

        @Override
        public void started(Task<?> task) {
            lines.add("started " + task.name());
        }

        @Override
        public void ended(Task<?> task, Outcome<?> outcome, Duration ran) {
            times.add(ran);
            lines.add("ended " + task.name() + " " + word(outcome));
        }

        @Override
        public void neverStarted(Task<?> task, Outcome<?> outcome) {
            lines.add("never started " + task.name() + " " + word(outcome));
        }

        private static String word(Outcome<?> outcome) {
            return switch (outcome) {
                case Outcome.Success<?>(var value) -> "success " + value;
                case Outcome.Failure<?>(var exception) -> "failure " + exception.getMessage();
                case Outcome.Cancelled<?>(var cancellation, var _) -> "cancelled " + cancellation.reason();
            };
        }

        List<String> of(String name) {
            return lines.stream()
                    .filter(line -> line.matches(".*(started|ended) " + name + "( .*)?"))
                    .toList();
        }
    }

    @OnEveryRuntime
    void listener_isToldOfEachEndBeforeWhoAwaitsItGoesOn(TestRuntime runtime) throws Exception {
        var notes = new Notes();
        try (var runner = runtime.builder().listener(notes).build()) {
            runner.run(() -> {
                assertThat(createTask("a", () -> 1).await()).isEqualTo(1);
                assertThat(notes.of("a")).containsExactly("started a", "ended a success 1");
                var failing = createTask("b", () -> {
                    throw new IOException("boom");
                });
                assertThatThrownBy(failing::await).hasMessage("boom");
                assertThat(notes.of("b")).containsExactly("started b", "ended b failure boom");
                var begun = new Gate();
                var sleeping = createTask("c", () -> {
                    begun.open();
                    sleep(Weft.FOREVER);
                });
                begun.await();
                sleeping.cancel("enough");
                Tasks.join(sleeping);
                assertThat(notes.of("c")).containsExactly("started c", "ended c cancelled enough");
                var before = notes.lines.size();
                gather(() -> 1, () -> 2, () -> 3);
                assertThat(notes.lines).hasSize(before + 6);
                return "done";
            });
        }
        assertThat(notes.lines.getFirst()).startsWith("started Task-");
        assertThat(notes.lines.getLast()).endsWith("success done");
    }

    @OnEveryRuntime
    void taskCancelledBeforeItRuns_isToldAsNeverStarted(TestRuntime runtime) throws Exception {
        var notes = new Notes();
        try (var runner = runtime.builder().listener(notes).build()) {
            runner.run(() -> {
                Weft.taskGroup(GroupOptions.failFast().limit(1), group -> {
                    var release = new Gate();
                    group.createTask("first", release::await);
                    var second = group.createTask("second", () -> {});
                    second.cancel("not needed");
                    Tasks.join(second);
                    release.open();
                });
            });
        }
        assertThat(notes.of("second")).containsExactly("never started second cancelled not needed");
        assertThat(notes.of("first")).containsExactly("started first", "ended first success null");
    }

    @OnEveryRuntime
    void time_isTheBodysOnTheRuntimesClock(TestRuntime runtime) throws Exception {
        var notes = new Notes();
        try (var runner = runtime.builder().listener(notes).build()) {
            runner.run(() -> createTask(() -> sleep(Duration.ofMillis(20))).await());
        }
        assertThat(notes.times)
                .hasSize(2)
                .allSatisfy(time -> assertThat(time).isBetween(Duration.ofMillis(20), Duration.ofSeconds(30)));
    }

    /** A listener only counts: that it was told must not keep a failure from being reported. */
    @OnEveryRuntime
    void beingTold_isNotHavingLooked(TestRuntime runtime) throws Exception {
        var problems = new CopyOnWriteArrayList<Problem>();
        try (var runner =
                runtime.builder().listener(new Notes()).onProblem(problems::add).build()) {
            runner.run(() -> {
                Tasks.join(createTask("forgotten", () -> {
                    throw new IOException("boom");
                }));
            });
        }
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.task().name()).isEqualTo("forgotten");
            assertThat(problem.exception()).hasMessage("boom");
        });
    }

    @OnEveryRuntime
    void listenerThatThrows_isReportedAndHarmsNobody(TestRuntime runtime) throws Exception {
        var problems = new CopyOnWriteArrayList<Problem>();
        var notes = new Notes();
        var broken = new TaskListener() {
            @Override
            public void started(Task<?> task) {
                throw new IllegalStateException("broken at the start");
            }

            @Override
            public void ended(Task<?> task, Outcome<?> outcome, Duration ran) {
                throw new AssertionError("broken at the end");
            }
        };
        try (var runner = runtime.builder()
                .listener(broken)
                .listener(notes)
                .onProblem(problems::add)
                .build()) {
            assertThat(runner.run(() -> "result")).isEqualTo("result");
        }
        assertThat(notes.lines).hasSize(2);
        assertThat(problems)
                .extracting(Problem::kind)
                .containsExactly(Problem.Kind.CALLBACK_FAILURE, Problem.Kind.CALLBACK_FAILURE);
        assertThat(problems.getFirst().message()).contains(broken.getClass().getName(), "start", "task 'Task-");
        assertThat(problems.getFirst().exception()).hasMessage("broken at the start");
        assertThat(problems.getLast().exception()).hasMessage("broken at the end");
    }

    @OnEveryRuntime
    void listeners_areToldInTheirOrder(TestRuntime runtime) throws Exception {
        var told = new ArrayList<String>();
        try (var runner = runtime.builder()
                .listener(noting(told, "a"))
                .listener(noting(told, "b"))
                .build()) {
            runner.run(() -> {});
        }
        assertThat(told).containsExactly("a", "b");
        assertThatNullPointerException().isThrownBy(() -> runtime.builder().listener(null));
    }

    private static TaskListener noting(List<String> told, String name) {
        return new TaskListener() {
            @Override
            public void started(Task<?> task) {
                told.add(name);
            }
        };
    }
}
