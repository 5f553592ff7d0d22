package dev.weft;

import static dev.weft.Weft.asCompleted;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.forEachConcurrent;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.mapConcurrent;
import static dev.weft.Weft.taskGroup;
import static dev.weft.Weft.waitUntil;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;

/** J8: what a body wrote is seen by who awaited it, and what was written before its start is seen by the body. */
@Tag("races")
class VisibilityTest {

    private static final int ROUNDS = 2_000;

    /** Plain fields, as any object has them. */
    private static final class Cell {
        int before;
        int after;

        void begin(int round) {
            before = round;
        }

        void work() {
            after = before + 1;
        }
    }

    @FunctionalInterface
    private interface Run {
        /** Has each cell worked on, by bodies that have ended when this returns. */
        void on(Cell first, Cell second) throws Exception;
    }

    private static void repeat(TestRuntime runtime, Run run) throws Exception {
        runtime.run(() -> {
            for (var round = 1; round <= ROUNDS; round++) {
                var first = new Cell();
                var second = new Cell();
                first.begin(round);
                second.begin(-round);
                run.on(first, second);
                assertThat(first.after).isEqualTo(round + 1);
                assertThat(second.after).isEqualTo(-round + 1);
            }
        });
    }

    @OnEveryRuntime
    void j8_await(TestRuntime runtime) throws Exception {
        repeat(runtime, (first, second) -> {
            var one = createTask(first::work);
            var other = createTask(second::work);
            one.await();
            other.await();
        });
    }

    @OnEveryRuntime
    void j8_gather(TestRuntime runtime) throws Exception {
        repeat(runtime, (first, second) -> gather(first::work, second::work));
    }

    @OnEveryRuntime
    void j8_waitUntil(TestRuntime runtime) throws Exception {
        repeat(
                runtime,
                (first, second) -> waitUntil(
                        ReturnWhen.ALL_COMPLETED, List.of(createTask(first::work), createTask(second::work))));
    }

    @OnEveryRuntime
    void j8_asCompleted(TestRuntime runtime) throws Exception {
        repeat(runtime, (first, second) -> {
            Stream<Body<Cell, RuntimeException>> bodies = Stream.of(first, second)
                    .map(cell -> () -> {
                        cell.work();
                        return cell;
                    });
            for (var next : asCompleted(bodies.toList())) {
                var cell = next.await();
                assertThat(cell.after).isEqualTo(cell.before + 1);
            }
        });
    }

    @OnEveryRuntime
    void j8_taskGroup(TestRuntime runtime) throws Exception {
        repeat(
                runtime,
                (first, second) -> taskGroup(group -> {
                    group.createTask(first::work);
                    group.createTask(second::work);
                }));
    }

    @OnEveryRuntime
    void j8_forEachConcurrent(TestRuntime runtime) throws Exception {
        repeat(runtime, (first, second) -> forEachConcurrent(List.of(first, second), 2, Cell::work));
    }

    @OnEveryRuntime
    void j8_mapConcurrent_itemsThatTheIteratorMakes(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            Iterable<Cell> made = () -> IntStream.range(0, ROUNDS)
                    .mapToObj(i -> {
                        var cell = new Cell();
                        cell.begin(i);
                        return cell;
                    })
                    .iterator();
            var results = mapConcurrent(made, 2, cell -> {
                cell.work();
                return cell;
            });
            assertThat(results).hasSize(ROUNDS).allMatch(cell -> cell.after == cell.before + 1);
        });
    }

    @OnEveryRuntime
    void j8_aChainOfTasks_eachSeesWhatTheOnesBeforeWrote(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var cell = new Cell();
            for (var round = 1; round <= ROUNDS; round++) {
                createTask(() -> {
                            cell.work();
                            createTask(() -> cell.begin(cell.after)).await();
                            return cell;
                        })
                        .await();
            }
            assertThat(cell.before).isEqualTo(ROUNDS);
        });
    }
}
