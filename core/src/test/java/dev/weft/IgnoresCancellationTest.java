package dev.weft;

import static dev.weft.Weft.createTask;
import static dev.weft.Weft.sleep;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
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
                Tasks.awaitTrue(() -> isInAwaitStubbornly(task)); // so that its stack says so whenever it is taken
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

    private static boolean isInAwaitStubbornly(Task<?> task) {
        return task.stackTrace(Integer.MAX_VALUE).stream()
                .anyMatch(frame -> frame.getMethodName().equals("awaitStubbornly"));
    }

    @OnEveryRuntime
    void j20_taskThatStopsInTimeIsNotReported(TestRuntime runtime) throws Exception {
        var grace = Duration.ofMillis(20);
        var stopsInTime = new ArrayList<String>();
        var reported = new CopyOnWriteArrayList<String>();
        var looked = new Gate();
        try (var runner = runtime.builder()
                .cancellationGrace(grace)
                .onProblem(problem -> {
                    reported.add(problem.task().name());
                    if (problem.task().name().equals("stubborn")) {
                        looked.open();
                    }
                })
                .build()) {
            runner.run(() -> {
                stopsInTime.add(Tasks.self().name());
                // on a busy machine one may take longer, and be reported
                var attempt = 0;
                do {
                    attempt++;
                } while (!endsWithin(grace, "swift " + attempt));
                stopsInTime.add("swift " + attempt);
                // a request that was taken back is none
                Weft.currentTask().orElseThrow().cancel();
                Weft.currentTask().orElseThrow().uncancel();
                // requests are looked at in their order
                var begun = new Gate();
                var stubborn = createTask("stubborn", () -> {
                    begun.open();
                    looked.awaitStubbornly();
                });
                begun.await();
                stubborn.cancel();
                stubborn.await();
            });
        }
        assertThat(reported).doesNotContainAnyElementsOf(stopsInTime);
    }

    private static boolean endsWithin(Duration time, String name) throws InterruptedException {
        var task = createTask(name, () -> sleep(Weft.FOREVER));
        var begin = System.nanoTime();
        task.cancel();
        Tasks.join(task);
        return System.nanoTime() - begin < time.toNanos();
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

    @OnEveryRuntime
    void j20_eachOfManyIsReportedThoughTheGraceIsOverBeforeAllAreAsked(TestRuntime runtime) throws Exception {
        var many = 2_000;
        var problems = new CopyOnWriteArrayList<Problem>();
        var counted = new CompletableFuture<Problem>();
        try (var runner = runtime.builder()
                .cancellationGrace(Duration.ofNanos(1))
                .onProblem(problem -> {
                    problems.add(problem);
                    // main is asked to stop too, and is one more if it is found running
                    if (problem.message().startsWith(many - 20 + " more tasks")
                            || problem.message().startsWith(many - 19 + " more tasks")) {
                        counted.complete(problem);
                    }
                })
                .build()) {
            runner.run(() -> {
                var begun = new AtomicInteger();
                var release = new Gate();
                var releasing = Weft.createTask(() -> {
                    Weft.await(counted);
                    release.open();
                });
                Weft.taskGroup(group -> {
                    for (var i = 0; i < many; i++) {
                        group.createTask("stubborn " + i, () -> {
                            begun.incrementAndGet();
                            release.awaitStubbornly();
                        });
                    }
                    Tasks.awaitTrue(() -> begun.get() == many);
                    group.cancel();
                });
                releasing.await();
            });
        }
        assertThat(problems)
                .filteredOn(problem -> problem.task().name().startsWith("stubborn"))
                .hasSizeBetween(20, 21); // 20 if main is one of those that are named
    }
}
