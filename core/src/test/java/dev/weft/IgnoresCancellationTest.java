package dev.weft;

import static dev.weft.Weft.createTask;
import static dev.weft.Weft.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

class IgnoresCancellationTest {

    @OnEveryRuntime
    void j20_taskThatIgnoresCancellationIsReportedOnceWithReasonAndStack(TestRuntime runtime) throws Exception {
        var problems = new CopyOnWriteArrayList<Problem>();
        var reported = new CompletableFuture<Problem>();
        try (var runner = runtime.builder()
                .cancellationGrace(Duration.ofMillis(2))
                .onProblem(problem -> {
                    problems.add(problem);
                    reported.complete(problem);
                })
                .build()) {
            runner.run(() -> {
                var begun = new Gate();
                var release = new Gate();
                var task = createTask("stubborn", () -> {
                    begun.open();
                    release.awaitStubbornly();
                });
                begun.await();
                task.cancel("please");
                task.cancel("please!");
                Weft.await(reported);
                sleep(Duration.ofMillis(10));
                release.open();
                task.await();
            });
        }
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(Problem.Kind.IGNORES_CANCELLATION);
            assertThat(problem.message()).contains("stubborn", "please");
            assertThat(problem.task().name()).isEqualTo("stubborn");
            assertThat(problem.exception().getStackTrace())
                    .anyMatch(frame -> frame.getMethodName().equals("awaitStubbornly"));
        });
    }

    @OnEveryRuntime
    void j20_taskThatStopsInTimeIsNotReported(TestRuntime runtime) throws Exception {
        var problems = new CopyOnWriteArrayList<Problem>();
        try (var runner = runtime.builder()
                .cancellationGrace(Duration.ofMillis(1))
                .onProblem(problems::add)
                .build()) {
            runner.run(() -> {
                var task = createTask(() -> sleep(Weft.FOREVER));
                task.cancel();
                assertThatThrownBy(task::await);
                // a request that was taken back is none
                Weft.currentTask().orElseThrow().cancel();
                Weft.currentTask().orElseThrow().uncancel();
                sleep(Duration.ofMillis(10));
            });
        }
        assertThat(problems).isEmpty();
    }

    @OnEveryRuntime
    void j20_graceWithoutEndReportsNothing(TestRuntime runtime) throws Exception {
        var problems = new CopyOnWriteArrayList<Problem>();
        try (var runner = runtime.builder()
                .cancellationGrace(Weft.FOREVER)
                .onProblem(problems::add)
                .build()) {
            runner.run(() -> {
                var begun = new Gate();
                var release = new Gate();
                var task = createTask(() -> {
                    begun.open();
                    release.awaitStubbornly();
                });
                begun.await();
                task.cancel();
                sleep(Duration.ofMillis(5));
                release.open();
                task.await();
            });
        }
        assertThat(problems).isEmpty();
    }

    @OnEveryRuntime
    void j20_manyThatWereStoppedTogetherAreReportedTogether(TestRuntime runtime) throws Exception {
        var problems = new CopyOnWriteArrayList<Problem>();
        var counted = new CompletableFuture<Problem>();
        try (var runner = runtime.builder()
                .cancellationGrace(Duration.ofMillis(2))
                .onProblem(problem -> {
                    problems.add(problem);
                    if (problem.message().startsWith("5 more tasks")) {
                        counted.complete(problem);
                    }
                })
                .build()) {
            runner.run(() -> {
                var begun = new AtomicInteger();
                var release = new Gate();
                Weft.taskGroup(group -> {
                    for (var i = 0; i < 25; i++) {
                        group.createTask("stubborn " + i, () -> {
                            begun.incrementAndGet();
                            release.awaitStubbornly();
                        });
                    }
                    Tasks.awaitTrue(() -> begun.get() == 25);
                    var releasing = Weft.currentRun().createTask(() -> {
                        Weft.await(counted);
                        release.open();
                    });
                    group.cancel();
                    assertThat(releasing.isDone()).isFalse();
                });
            });
        }
        assertThat(problems)
                .hasSize(21)
                .allMatch(problem -> problem.kind() == Problem.Kind.IGNORES_CANCELLATION)
                .allMatch(problem -> problem.task().name().startsWith("stubborn"));
    }
}
