package dev.weft;

import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Timeout;

/** J20: what the watch over cancelled tasks keeps, and when it looks. */
@Timeout(30)
class WatchEntriesTest {
    private static final Duration GRACE = Duration.ofSeconds(60);

    private static final List<Gate> GATES = new CopyOnWriteArrayList<>();

    private interface Main {
        void run(ManualClock clock, List<Problem> problems) throws Exception;
    }

    private static void onManualClock(TestRuntime runtime, Main main) throws Exception {
        onManualClock(runtime, problem -> {}, main);
    }

    private static void onManualClock(TestRuntime runtime, Consumer<Problem> told, Main main) throws Exception {
        var problems = new CopyOnWriteArrayList<Problem>();
        ManualClock.run(
                runtime,
                builder -> builder.cancellationGrace(GRACE).onProblem(problem -> {
                    problems.add(problem);
                    told.accept(problem);
                }),
                clock -> {
                    try {
                        main.run(clock, problems);
                    } finally {
                        GATES.forEach(Gate::open);
                        GATES.clear();
                    }
                });
    }

    private static void stubborn(int count, List<Task<?>> tasks, List<Gate> begun) throws InterruptedException {
        for (var i = 0; i < count; i++) {
            var gate = new Gate();
            var started = new Gate();
            GATES.add(gate);
            begun.add(started);
            tasks.add(createTask("stubborn " + i, () -> {
                started.open();
                gate.awaitStubbornly();
            }));
        }
        for (var started : begun) {
            started.await();
        }
    }

    @OnEveryRuntime
    void j20_tasksThatStopAtOnceAreForgottenBeforeTheGraceIsOver(TestRuntime runtime) throws Exception {
        try (var runner = runtime.builder().cancellationGrace(GRACE).build()) {
            runner.run(() -> {
                var leaks = new Leaks();
                for (var i = 0; i < 300; i++) {
                    stopOne(leaks);
                }
                assertThat(leaks.kept(20)).isLessThanOrEqualTo(20);
            });
        }
    }

    @OnEveryRuntime
    void j20_tasksThatStopAreForgottenAlsoBehindOneThatDoesNot(TestRuntime runtime) throws Exception {
        try (var runner = runtime.builder().cancellationGrace(GRACE).build()) {
            runner.run(() -> {
                var tasks = new ArrayList<Task<?>>();
                stubborn(1, tasks, new ArrayList<>());
                tasks.getFirst().cancel();
                try {
                    var leaks = new Leaks();
                    for (var i = 0; i < 300; i++) {
                        stopOne(leaks);
                    }
                    assertThat(leaks.kept(20)).isLessThanOrEqualTo(20);
                } finally {
                    GATES.forEach(Gate::open);
                    GATES.clear();
                }
            });
        }
    }

    @OnEveryRuntime
    void j20_requestsThatWereTakenBackAreForgotten(TestRuntime runtime) throws Exception {
        try (var runner = runtime.builder().cancellationGrace(GRACE).build()) {
            runner.run(() -> {
                var leaks = new Leaks();
                var self = Tasks.self();
                for (var i = 0; i < 300; i++) {
                    self.cancel(leaks.watch(new Object[10]));
                    self.uncancel();
                }
                assertThat(leaks.kept(20)).isLessThanOrEqualTo(20);
            });
        }
    }

    private static void stopOne(Leaks leaks) throws InterruptedException {
        var task = leaks.watch(createTask(() -> sleep(FOREVER)));
        task.cancel();
        Tasks.join(task);
    }

    @OnEveryRuntime
    void j20_manyCancelsOfOneTaskAreOneEntry(TestRuntime runtime) throws Exception {
        try (var runner = runtime.builder().cancellationGrace(GRACE).build()) {
            runner.run(() -> {
                var leaks = new Leaks();
                var self = Tasks.self();
                for (var i = 0; i < 300; i++) {
                    self.cancel(leaks.watch(new Object[10]));
                }
                var kept = leaks.kept(5);
                assertThat(self.cancelling()).isEqualTo(300);
                for (var i = 300; i > 0; i--) {
                    assertThat(self.uncancel()).isEqualTo(i - 1);
                }
                assertThat(kept).isLessThanOrEqualTo(5);
            });
        }
    }

    @OnEveryRuntime
    void j20_graceBeginsAnewWithARequestAfterOneThatWasTakenBack(TestRuntime runtime) throws Exception {
        onManualClock(runtime, (clock, problems) -> {
            var tasks = new ArrayList<Task<?>>();
            stubborn(1, tasks, new ArrayList<>());
            var task = tasks.getFirst();
            task.cancel("first");
            task.uncancel();
            clock.advance(Duration.ofSeconds(40));
            task.cancel("second");
            clock.advance(Duration.ofSeconds(30));
            sleep(Duration.ZERO);
            assertThat(problems)
                    .as("70 s after the first, 30 s after the second")
                    .isEmpty();
            clock.advance(Duration.ofSeconds(31));
            Tasks.awaitTurn(() -> !problems.isEmpty());
            assertThat(problems)
                    .singleElement()
                    .satisfies(problem ->
                            assertThat(problem.message()).contains("second").doesNotContain("first"));
        });
    }

    /** The watch keeps the entry of the first request, since the one before it is not over. */
    @OnEveryRuntime
    void j20_graceBeginsAnewAlsoBehindATaskThatDoesNotStop(TestRuntime runtime) throws Exception {
        onManualClock(runtime, (clock, problems) -> {
            var tasks = new ArrayList<Task<?>>();
            stubborn(2, tasks, new ArrayList<>());
            tasks.getFirst().cancel();
            var task = tasks.getLast();
            task.cancel("first");
            task.uncancel();
            clock.advance(Duration.ofSeconds(40));
            task.cancel("second");
            clock.advance(Duration.ofSeconds(30));
            Tasks.awaitTurn(() -> !problems.isEmpty());
            sleep(Duration.ZERO);
            assertThat(problems).extracting(Problem::task).singleElement().isSameAs(tasks.getFirst());
            clock.advance(Duration.ofSeconds(31));
            Tasks.awaitTurn(() -> problems.size() > 1);
            assertThat(problems).extracting(Problem::task).isEqualTo(tasks);
            assertThat(problems.getLast().message()).contains("second").doesNotContain("first");
        });
    }

    @OnEveryRuntime
    void j20_eachIsReportedAtItsTimeAndOnce(TestRuntime runtime) throws Exception {
        onManualClock(runtime, (clock, problems) -> {
            var tasks = new ArrayList<Task<?>>();
            stubborn(3, tasks, new ArrayList<>());
            tasks.get(0).cancel();
            clock.advance(Duration.ofSeconds(30));
            tasks.get(1).cancel();
            clock.advance(Duration.ofSeconds(29));
            sleep(Duration.ZERO);
            assertThat(problems).isEmpty();
            clock.advance(Duration.ofSeconds(1));
            Tasks.awaitTurn(() -> !problems.isEmpty());
            assertThat(problems)
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.task()).isSameAs(tasks.get(0)));
            clock.advance(Duration.ofSeconds(30));
            Tasks.awaitTurn(() -> problems.size() > 1);
            assertThat(problems).hasSize(2);
            assertThat(problems.get(1).task()).isSameAs(tasks.get(1));
            tasks.get(0).cancel("again");
            tasks.get(2).cancel();
            clock.advance(Duration.ofSeconds(61));
            Tasks.awaitTurn(() -> problems.size() > 2);
            clock.advance(Duration.ofSeconds(100));
            sleep(Duration.ZERO);
            assertThat(problems).hasSize(3);
            assertThat(problems.get(2).task()).isSameAs(tasks.get(2));
        });
    }

    @OnEveryRuntime
    void j20_taskThatIsCancelledWhileAnotherIsReported_isReportedToo(TestRuntime runtime) throws Exception {
        var tasks = new ArrayList<Task<?>>();
        onManualClock(runtime, problem -> tasks.getLast().cancel(), (clock, problems) -> {
            stubborn(2, tasks, new ArrayList<>());
            tasks.getFirst().cancel();
            clock.advance(GRACE);
            clock.advance(GRACE);
            assertThat(problems).extracting(Problem::task).isEqualTo(tasks);
        });
    }

    @OnEveryRuntime
    void j20_stubbornOnesCancelledOneByOneAreLookedAtTogether(TestRuntime runtime) throws Exception {
        onManualClock(runtime, (clock, problems) -> {
            var tasks = new ArrayList<Task<?>>();
            stubborn(40, tasks, new ArrayList<>());
            for (var task : tasks) {
                task.cancel();
                clock.advance(Duration.ofMillis(100));
            }
            clock.advance(Duration.ofMinutes(5));
            Tasks.awaitTurn(() -> problems.size() >= 21);
            for (var i = 0; i < 20; i++) {
                sleep(Duration.ZERO);
            }
            // the first alone, then the others of these four seconds at once: twenty of them, and a count of the others
            assertThat(problems).hasSize(22);
            assertThat(problems.getLast().message()).startsWith("19 more tasks still run");
        });
    }

    @OnEveryRuntime
    void j20_twentyAreReportedEachAndOfMoreTheirNumber(TestRuntime runtime) throws Exception {
        for (var count : List.of(20, 21)) {
            onManualClock(runtime, (clock, problems) -> {
                var tasks = new ArrayList<Task<?>>();
                stubborn(count, tasks, new ArrayList<>());
                tasks.forEach(task -> task.cancel("together"));
                clock.advance(GRACE);
                Tasks.awaitTurn(() -> problems.size() >= count);
                assertThat(problems).hasSize(count);
                assertThat(problems.getLast().message())
                        .startsWith(count == 20 ? "task 'stubborn 19' still runs 1m after" : "1 more tasks still run");
            });
        }
    }

    @OnEveryRuntime
    void j20_childrenThatIgnoreTheEndOfTheirCallAreReported(TestRuntime runtime) throws Exception {
        var calls = List.<Weftly>of(
                (fail, stay) -> gather(fail, stay),
                (fail, stay) -> Weft.race(
                        () -> {
                            stay.begun.await();
                            return 1;
                        },
                        stay),
                (fail, stay) -> Weft.taskGroup(group -> {
                    group.createTask(fail);
                    group.createTask(stay);
                }));
        for (var call : calls) {
            var problems = new CopyOnWriteArrayList<Problem>();
            var release = new Gate().openInTheEnd();
            try (var runner = runtime.builder()
                    .cancellationGrace(Duration.ofMillis(1))
                    .onProblem(problem -> {
                        problems.add(problem);
                        release.open();
                    })
                    .build()) {
                runner.run(() -> {
                    var stay = new Staying(release);
                    try {
                        call.run(
                                () -> {
                                    stay.begun.await();
                                    throw new IOException("broken");
                                },
                                stay);
                    } catch (IOException | ExceptionGroup e) {
                        // as it should
                    }
                });
            }
            assertThat(problems)
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.IGNORES_CANCELLATION));
        }
    }

    private interface Weftly {
        void run(Body<Integer, IOException> fail, Staying stay) throws Exception;
    }

    private record Staying(Gate begun, Gate release, AtomicInteger runs) implements Body<Integer, IOException> {
        Staying(Gate release) {
            this(new Gate(), release, new AtomicInteger());
        }

        @Override
        public Integer run() {
            runs.incrementAndGet();
            begun.open();
            release.awaitStubbornly();
            return 2;
        }
    }

    @OnEveryRuntime
    void j20_cancelOfWhatHasEndedIsNotWatched(TestRuntime runtime) throws Exception {
        onManualClock(runtime, (clock, problems) -> {
            var task = createTask(() -> 1);
            Tasks.join(task);
            assertThat(task.cancel("late")).isFalse();
            var swift = createTask(() -> sleep(FOREVER));
            swift.cancel();
            assertThatThrownBy(swift::await);
            clock.advance(Duration.ofMinutes(5));
            sleep(Duration.ZERO);
            assertThat(problems).isEmpty();
        });
    }
}
