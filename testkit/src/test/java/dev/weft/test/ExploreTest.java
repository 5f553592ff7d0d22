package dev.weft.test;

import static dev.weft.Weft.createTask;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weft.Body;
import dev.weft.Task;
import dev.weft.VoidBody;
import dev.weft.Weft;
import dev.weft.test.SimulationError.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Schedules: drawn, repeated, shrunk. */
@Timeout(60)
class ExploreTest {

    private final Simulation simulation = Simulation.create();

    private static ScheduleFailedError failure(Simulation simulation, int schedules, VoidBody<?> main) {
        return catchThrowableOfType(ScheduleFailedError.class, () -> simulation.explore(schedules, main));
    }

    /** {@code count} tasks, each with some turns; writes down who takes each. */
    private static List<Integer> run(int count) throws InterruptedException {
        var log = new ArrayList<Integer>();
        gather(IntStream.range(0, count)
                .mapToObj(i -> (Body<@Nullable Void, RuntimeException>) () -> {
                    for (var turn = 0; turn < 3; turn++) {
                        log.add(i);
                        sleep(Duration.ZERO);
                    }
                    return null;
                })
                .toList());
        return log;
    }

    /** Each execution takes all the turns that there may be. */
    @Test
    void livelock_isRepeatedOnce_andNotShrunk() {
        var executions = new AtomicInteger();
        var failed = failure(simulation.stepLimit(500), 100, () -> {
            executions.incrementAndGet();
            var first = run(3).getFirst();
            while (first != 0) {
                sleep(Duration.ZERO);
            }
        });
        assertThat(failed.getCause())
                .isInstanceOfSatisfying(
                        SimulationError.class, error -> assertThat(error.kind()).isEqualTo(Kind.STEP_LIMIT));
        assertThat(executions.get() - failed.attempts()).isEqualTo(1);
    }

    @Test
    void firstSchedule_isFirstComeFirstServed() throws Exception {
        simulation.explore(1, () -> assertThat(run(3)).containsExactly(0, 1, 2, 0, 1, 2, 0, 1, 2));
    }

    @Test
    void schedules_differ_andReachEveryOrderOfFewTurns() throws Exception {
        for (var strategy : Strategy.values()) {
            Set<List<String>> orders = new HashSet<>();
            simulation.strategies(strategy).explore(300, () -> {
                var log = new ArrayList<String>();
                gather(() -> log.add("a"), () -> log.add("b"), () -> log.add("c"));
                orders.add(log);
            });
            assertThat(orders).as("%s", strategy).hasSize(6);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"fifo", "random:7", "pct:7:3:40", "pos:7", "order:1=2,5=1", "random:7/cancel:3.2.waiting"})
    void replay_isTheSameEachTime(String text) throws Exception {
        var schedule = Schedule.of(text);
        assertThat(schedule).hasToString(text).isEqualTo(Schedule.of(text)).hasSameHashCodeAs(Schedule.of(text));
        var first = simulation.replay(schedule, () -> run(5));
        for (var i = 0; i < 100; i++) {
            var again = simulation.replay(schedule, () -> run(5));
            assertThat(again.turns()).isEqualTo(first.turns());
            assertThat(again.digest()).isEqualTo(first.digest());
            assertThat(again.count()).isEqualTo(first.count());
        }
    }

    @Test
    void trace_isReadable() throws Exception {
        var trace = simulation.replay(Schedule.FIFO, () -> {
            createTask("worker", () -> sleep(Duration.ofMillis(1500))).await();
            createTask(() -> sleep(Duration.ZERO)).await();
        });
        assertThat(trace.toString().lines().map(String::strip))
                .containsExactly(
                        "turn          time  task              then",
                        "1          0.0s  main              waits for worker",
                        "2          0.0s  worker            waits for sleep until 1.5s",
                        "3          1.5s  worker            ends",
                        "4          1.5s  main              waits for #3",
                        "5          1.5s  #3                lets others go first",
                        "6          1.5s  #3                ends",
                        "7          1.5s  main              ends");
    }

    @Test
    void longTrace_isCutButCounted() throws Exception {
        var trace = simulation.replay(Schedule.FIFO, () -> {
            for (var i = 0; i < 20_000; i++) {
                sleep(Duration.ZERO);
            }
        });
        assertThat(trace.count()).isEqualTo(20_001);
        assertThat(trace.turns()).hasSize(10_000);
        assertThat(trace.turns().getLast().number()).isEqualTo(20_001);
        assertThat(trace.toString()).contains("19901 turns before").hasLineCount(102);
    }

    @Test
    void failure_namesTheLineThatRepeatsIt_andFailsThere() throws Exception {
        VoidBody<RuntimeException> lastIsNotFirst =
                () -> assertThat(run(4).getFirst()).isNotEqualTo(3);
        var error = failure(simulation, 500, lastIsNotFirst);
        assertThat(error.attempts()).isGreaterThan(1);
        assertThat(error)
                .hasMessageContaining("@Seed(\"" + error.schedule() + "\")")
                .hasMessageContaining("replay(Schedule.of(\"" + error.schedule() + "\"), …)")
                .hasMessageContaining("waits for gather of 4");
        assertThat(error.getCause()).isInstanceOf(AssertionError.class);
        assertThat(error.getStackTrace()).anyMatch(frame -> frame.getClassName().endsWith("ExploreTest"));
        var again = catchThrowableOfType(
                ScheduleFailedError.class, () -> simulation.replay(error.schedule(), lastIsNotFirst));
        assertThat(again.trace().digest()).isEqualTo(error.trace().digest());
    }

    @Test
    void failure_isShrunkToTheDetoursThatItNeeds() {
        var error = failure(simulation.strategies(Strategy.RANDOM), 500, () -> {
            run(5);
            var log = new ArrayList<String>();
            gather(() -> log.add("a"), () -> log.add("b"));
            run(5);
            assertThat(log).startsWith("a");
        });
        assertThat(error.schedule().toString()).matches("order:\\d+=1");
        assertThat(error).hasMessageContaining("without needless detours");
        var asDrawn = failure(simulation.strategies(Strategy.RANDOM).withoutShrinking(), 500, () -> {
            assertThat(run(5).getFirst()).isZero();
        });
        assertThat(asDrawn.schedule().toString()).startsWith("random:");
    }

    @Test
    void whatIsNotRepeatable_isSaidToBeSo() {
        var runs = new int[1];
        var error = failure(simulation, 10, () -> {
            var task = createTask(() -> sleep(Duration.ZERO));
            task.await();
            assertThat(runs[0]++ % 2).isEqualTo(1);
        });
        assertThat(error.getCause())
                .isInstanceOfSatisfying(
                        SimulationError.class, e -> assertThat(e.kind()).isEqualTo(Kind.NONDETERMINISM));
        assertThat(error).hasMessageContaining("the turns were the same").hasMessageContaining("hash table");
    }

    @Test
    void numbersOfTheProgramsOwn_areTheSameInEachSchedule() throws Exception {
        Set<Integer> numbers = new HashSet<>();
        simulation.explore(20, world -> {
            numbers.add(world.random().nextInt());
        });
        simulation.randomSeed(1).explore(20, world -> {
            numbers.add(world.random().nextInt());
        });
        assertThat(numbers).hasSize(2);
    }

    /** The order in which tasks are cancelled must not depend on their numbers, which count those of the process. */
    @Test
    void orderOfCancellation_isTheSameEachTime() throws Exception {
        Set<List<Integer>> orders = new HashSet<>();
        for (var i = 0; i < 20; i++) {
            var order = new ArrayList<Integer>();
            simulation.allow(Kind.LEAKED_TASK).run(() -> {
                for (var child = 0; child < 8; child++) {
                    var number = child;
                    createTask(() -> {
                        try {
                            sleep(Weft.FOREVER);
                        } finally {
                            order.add(number);
                        }
                    });
                }
                sleep(Duration.ZERO);
            });
            orders.add(order);
            Weft.run(() -> createTask(() -> "shifts the numbers by one or two").await());
        }
        assertThat(orders).hasSize(1);
    }

    @Test
    void badInput_isRefusedWithTheRemedy() {
        for (var text : List.of(
                "",
                "fifo:1",
                "random",
                "random:x",
                "pct:1:2",
                "pct:1:0:5",
                "pos:",
                "order:1",
                "order:-1=2",
                "order:1=2,",
                "fifo/cancel:1.2",
                "fifo/cancel:0.1.waiting",
                "fifo/cancel:1.1.sleeping",
                "lifo")) {
            assertThatIllegalArgumentException()
                    .as(text)
                    .isThrownBy(() -> Schedule.of(text))
                    .withMessageContaining("'" + text + "'")
                    .withMessageContaining("pct:SEED:DEPTH:LENGTH");
        }
        assertThatNullPointerException().isThrownBy(() -> Schedule.of(null));
        VoidBody<RuntimeException> nothing = () -> {};
        assertThatIllegalArgumentException()
                .isThrownBy(() -> simulation.explore(0, nothing))
                .withMessageContaining("0");
        assertThatIllegalArgumentException().isThrownBy(() -> simulation.stepLimit(0));
        assertThatIllegalArgumentException().isThrownBy(() -> simulation.turnLimit(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> simulation.cancellationGrace(Duration.ofSeconds(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> simulation.strategies());
        assertThatNullPointerException().isThrownBy(() -> simulation.turnLimit(null));
        assertThatNullPointerException().isThrownBy(() -> simulation.startAt(null));
        assertThatNullPointerException().isThrownBy(() -> simulation.allow((Kind) null));
        assertThatNullPointerException().isThrownBy(() -> simulation.run((VoidBody<RuntimeException>) null));
        assertThatNullPointerException().isThrownBy(() -> simulation.replay(null, nothing));
        assertThatNullPointerException().isThrownBy(() -> simulation.explore(1, (VoidBody<RuntimeException>) null));
    }

    /** Names that the tasks were given are theirs; the others are numbered by creation. */
    @Test
    void names_areTheSameInEachExecution() throws Exception {
        var names = simulation.replay(Schedule.FIFO, () -> {
            List<Task<?>> tasks =
                    List.of(createTask("twin", () -> {}), createTask("twin", () -> {}), createTask(() -> {}));
            gather(tasks);
        });
        assertThat(names.turns().stream().map(Turn::task).distinct()).containsExactly("main", "twin", "twin#3", "#4");
    }
}
