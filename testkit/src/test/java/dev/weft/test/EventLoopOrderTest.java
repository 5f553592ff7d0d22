package dev.weft.test;

import static dev.weft.Weft.asCompleted;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.settle;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.taskGroup;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Body;
import dev.weft.EventLoop;
import dev.weft.ExceptionGroup;
import dev.weft.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The first schedule is the event loop's order: random programs log the same on both. */
@Timeout(60)
class EventLoopOrderTest {

    private static final int PROGRAMS = 300;

    private final List<String> log = new ArrayList<>();

    @Test
    void fifo_isTheEventLoopsOrder() throws Exception {
        for (var seed = 0; seed < PROGRAMS; seed++) {
            var program = seed;
            EventLoop.run(() -> act("m", new Random(program), 3));
            var onEventLoop = List.copyOf(log);
            log.clear();
            Simulation.create().allow(SimulationError.Kind.LEAKED_TASK).run(() -> act("m", new Random(program), 3));
            assertThat(log).as("program %s", seed).isEqualTo(onEventLoop);
            log.clear();
        }
    }

    /** Has no two deadlines that real time could bring into another order, or in one turn by chance. */
    private void act(String name, Random random, int depth) throws InterruptedException {
        for (var step = random.nextInt(5); step >= 0; step--) {
            log.add(name + step);
            switch (depth == 0 ? 0 : random.nextInt(6)) {
                case 1 -> gather(child(name + "a", random, depth), child(name + "b", random, depth));
                case 2 -> group(name, random, depth);
                case 3 -> {
                    var task = createTask(child(name + "t", random, depth));
                    sleep(Duration.ZERO);
                    task.cancel();
                    settle(task);
                }
                case 4 -> {
                    for (var next : asCompleted(child(name + "x", random, depth), child(name + "y", random, depth))) {
                        next.await();
                        log.add(name + "next");
                    }
                }
                default -> sleep(Duration.ZERO);
            }
        }
        log.add(name + "end");
    }

    private Body<String, RuntimeException> child(String name, Random random, int depth) {
        var seed = random.nextLong();
        return () -> {
            act(name, new Random(seed), depth - 1);
            return name;
        };
    }

    private void group(String name, Random random, int depth) throws InterruptedException {
        var fails = random.nextBoolean();
        var children = new ArrayList<Task<?>>();
        try {
            taskGroup(group -> {
                for (var i = 0; i < 3; i++) {
                    children.add(group.createTask(child(name + "g" + i, random, depth)));
                }
                sleep(Duration.ZERO);
                if (fails) {
                    throw new IllegalStateException("on purpose");
                }
            });
        } catch (ExceptionGroup e) {
            log.add(name + children.stream().map(Task::state).toList());
        }
    }
}
