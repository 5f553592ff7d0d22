package dev.weft;

import static dev.weft.Weft.createTask;
import static dev.weft.Weft.currentRun;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** P2: threads that help one that is in a run or in a call, and constructs of others beside Weft's. */
class HelperThreadTest {

    @OnEveryRuntime
    void p2_createTaskOnAHelperThread_isRefusedWithTheRemedy(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var created = Tasks.onForeignThread(() -> createTask(() -> "a"));
            assertThatThrownBy(() -> Weft.await(created))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContainingAll("'foreign'", "currentRun()", "run.createTask");
        });
    }

    @Test
    void p2_parallelStreamThatTakesTheRunAlong_createsItsTasks() throws Exception {
        TestRuntime.PARALLEL.run(() -> {
            var run = currentRun();
            var tasks = IntStream.range(0, 100)
                    .parallel()
                    .mapToObj(i -> run.createTask(() -> i))
                    .toList();
            var sum = 0;
            for (var task : tasks) {
                sum += task.await();
            }
            assertThat(sum).isEqualTo(4950);
        });
    }

    /** A binding of Weft's own would count as the user's, and keep the scope from forking. */
    @NotSimulated("has its main in another process")
    @Test
    void p2_structuredTaskScopeForksWithinABlock() throws Exception {
        var result = ChildJvm.run(Forks.class, Map.of(), "--enable-preview");
        assertThat(result).isEqualTo(new ChildJvm.Result(0, "timeout, taskGroup, onCancel, mapConcurrent"));
    }

    /** Forks on a plain thread, in Weft's blocks, in a scope that was opened around them; preview, so by reflection. */
    static final class Forks {

        private Forks() {}

        public static void main(String[] arguments) throws Exception {
            var type = Class.forName("java.util.concurrent.StructuredTaskScope");
            var open = type.getMethod("open");
            var fork = type.getMethod("fork", java.util.concurrent.Callable.class);
            try (var scope = (AutoCloseable) open.invoke(null)) {
                java.util.concurrent.Callable<String> body = () -> "a";
                Weft.timeout(java.time.Duration.ofMinutes(1), () -> {
                    fork.invoke(scope, body);
                });
                System.out.print("timeout, ");
                Weft.taskGroup(group -> {
                    fork.invoke(scope, body);
                });
                System.out.print("taskGroup, ");
                Weft.onCancel(() -> {}, () -> fork.invoke(scope, body));
                System.out.print("onCancel, ");
                Iterable<Integer> items = () -> {
                    try {
                        fork.invoke(scope, body);
                    } catch (ReflectiveOperationException e) {
                        throw new IllegalStateException(e);
                    }
                    return java.util.List.of(1).iterator();
                };
                Weft.mapConcurrent(items, 1, i -> i);
                System.out.print("mapConcurrent");
                type.getMethod("join").invoke(scope);
            }
        }
    }
}
