package dev.weft;

import static dev.weft.Weft.*;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** V7: when a background failure is reported at which nobody has looked. */
class FailuresInTimeTest {

    private final LinkedBlockingQueue<Problem> problems = new LinkedBlockingQueue<>();

    /** Waits for the next problem as a call outside. */
    private Problem problem() throws InterruptedException {
        return blocking(() -> {
            var problem = problems.poll(60, TimeUnit.SECONDS);
            assertThat(problem).as("a problem that is reported in time").isNotNull();
            return problem;
        });
    }

    private void run(TestRuntime runtime, Duration delay, VoidBody<Exception> main) throws Exception {
        try (var runner = runtime.builder()
                .reportFailuresAfter(delay)
                .onProblem(problems::add)
                .build()) {
            runner.run(main);
        }
    }

    private static Task<Object> failing(TaskOptions options, Throwable failure) throws InterruptedException {
        var task = createTask(options, () -> {
            throw dev.weft.internal.failure.Sneaky.rethrow(failure);
        });
        waitUntil(ReturnWhen.ALL_COMPLETED, List.of(task));
        return task;
    }

    @NotSimulated("only the end of the run counts there")
    @OnEveryRuntime
    void v7_itsTimeHasCome_isReportedWhileTheRunGoesOn(TestRuntime runtime) throws Exception {
        var failure = new IllegalStateException("nobody looks");
        run(runtime, ofMillis(1), () -> {
            var task = failing(TaskOptions.named("worker"), failure);
            var problem = problem();
            assertThat(problem.kind()).isEqualTo(Problem.Kind.UNOBSERVED_FAILURE);
            assertThat(problem.exception()).isSameAs(failure);
            assertThat(problem.task()).isSameAs(task);
            assertThat(problem.message()).contains("worker");
        });
        assertThat(problems).isEmpty();
    }

    @NotSimulated("only the end of the run counts there")
    @OnEveryRuntime
    void v7_nobodyCanLookAnyMore_isReportedBeforeItsTime(TestRuntime runtime) throws Exception {
        var failure = new IllegalStateException("nobody can look");
        run(runtime, ofHours(1), () -> {
            failing(TaskOptions.named("worker"), failure);
            while (problems.isEmpty()) {
                System.gc();
                sleep(ofMillis(20));
            }
            var problem = problem();
            assertThat(problem.exception()).isSameAs(failure);
            assertThat(problem.message()).contains("worker");
        });
    }

    /** Whoever has looked may forget the task. */
    @NotSimulated("only the end of the run counts there")
    @OnEveryRuntime
    void v7_lookedAtAndUnreachable_isNotReported(TestRuntime runtime) throws Exception {
        run(runtime, ofHours(1), () -> {
            assertThat(failing(TaskOptions.defaults(), new IllegalStateException("seen"))
                            .exception())
                    .hasMessage("seen");
            failing(TaskOptions.named("other"), new IllegalStateException("not seen"));
            while (problems.isEmpty()) {
                System.gc();
                sleep(ofMillis(20));
            }
        });
        assertThat(problems).hasSize(1);
    }

    @OnEveryRuntime
    void v7_endOfTheRun_isReportedThen(TestRuntime runtime) throws Exception {
        run(runtime, FOREVER, () -> {
            failing(TaskOptions.defaults(), new IllegalStateException("nobody looks"));
            assertThat(problems).isEmpty();
        });
        assertThat(problems).hasSize(1);
    }

    @OnEveryRuntime
    void v7_atOnceIfAsked_whetherSomebodyIsAboutToLookOrNot(TestRuntime runtime) throws Exception {
        run(runtime, FOREVER, () -> {
            var task = failing(
                    TaskOptions.defaults().reportFailureAfter(Duration.ZERO), new IllegalStateException("at once"));
            assertThat(problems)
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.task()).isSameAs(task));
            assertThatThrownBy(task::await).hasMessage("at once");
        });
        assertThat(problems).hasSize(1);
    }

    @NotSimulated("only the end of the run counts there")
    @OnEveryRuntime
    void v7_taskHasATimeOfItsOwn_thatCounts(TestRuntime runtime) throws Exception {
        run(runtime, FOREVER, () -> {
            var patient = failing(TaskOptions.named("patient"), new IllegalStateException("later"));
            var prompt = failing(
                    TaskOptions.named("prompt").reportFailureAfter(ofMillis(1)), new IllegalStateException("soon"));
            assertThat(problem().task()).isSameAs(prompt);
            assertThat(problems).isEmpty();
            assertThat(patient.isDone()).isTrue();
        });
        assertThat(problems)
                .singleElement()
                .extracting(Problem::exception)
                .hasToString("java.lang.IllegalStateException: later");
    }

    @OnEveryRuntime
    void v7_simulatedOrNot_lookedAtInTime_isNotReported(TestRuntime runtime) throws Exception {
        run(runtime, ofHours(1), () -> {
            var task = failing(TaskOptions.defaults(), new IllegalStateException("seen"));
            assertThatThrownBy(task::await).hasMessage("seen");
        });
        assertThat(problems).isEmpty();
    }

    @OnEveryRuntime
    void v7_manyFailures_eachIsReportedOnce(TestRuntime runtime) throws Exception {
        var reported = new CopyOnWriteArrayList<Problem>();
        try (var runner = runtime.builder()
                .reportFailuresAfter(ofMillis(1))
                .onProblem(reported::add)
                .build()) {
            runner.run(() -> {
                var tasks = new java.util.ArrayList<Task<?>>();
                for (var i = 0; i < 500; i++) {
                    var failure = new IllegalStateException("number " + i);
                    tasks.add(createTask(() -> {
                        throw failure;
                    }));
                    if (i % 50 == 0) {
                        sleep(ofMillis(1));
                    }
                }
                waitUntil(ReturnWhen.ALL_COMPLETED, tasks);
            });
        }
        while (reported.size() < 500) {
            Thread.onSpinWait(); // a report may be on its way
        }
        assertThat(reported)
                .extracting(Problem::exception)
                .doesNotHaveDuplicates()
                .hasSize(500);
    }

    @Test
    void v7_negativeTime_isRefused() {
        assertThatThrownBy(() -> TaskOptions.defaults().reportFailureAfter(ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT-0.001S");
        assertThatThrownBy(() -> Runner.builder().reportFailuresAfter(ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
