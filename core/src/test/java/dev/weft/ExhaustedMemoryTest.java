package dev.weft;

import static dev.weft.Weft.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.sync.Queue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * A heap that is full again and again, for as long as a property says. Afterwards everything goes on, unless the JDK
 * has lost a virtual thread: docs/adr/0037-a-full-heap.md.
 */
@EnabledIfSystemProperty(named = "weft.exhaustion.seconds", matches = "\\d+")
@Timeout(value = 180, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ExhaustedMemoryTest {

    private static final String SECONDS = "weft.exhaustion.seconds";

    @Test
    void h2_parallel() throws Exception {
        assertGoesOn("parallel");
    }

    @Test
    void h2_eventLoop() throws Exception {
        assertGoesOn("eventLoop");
    }

    private static void assertGoesOn(String runtime) throws Exception {
        var result = ChildJvm.run(
                Program.class,
                Map.of(),
                "-Xmx48m",
                "-XX:+UseSerialGC",
                "-ea",
                "-Druntime=" + runtime,
                "-D" + SECONDS + "=" + Integer.getInteger(SECONDS, 3));
        assertThat(result.output()).endsWith("goes on");
        assertThat(result.exitCode()).isZero();
    }

    /** Fills the heap beside tasks that do what one does with them. */
    static final class Program {

        private static volatile boolean over;

        public static void main(String[] args) throws Exception {
            try (var runner = runner()) {
                runner.run(Program::work); // a class that cannot be initialized once, never can
            }
            var hog = Thread.ofPlatform().daemon().start(Program::fillAndDrop);
            var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Integer.getInteger(SECONDS));
            while (System.nanoTime() < end) {
                try (var runner = runner()) {
                    runner.run(Program::work);
                } catch (Throwable e) {
                    rejectOthers(e);
                }
            }
            over = true;
            hog.join();
            try (var runner = runner()) {
                runner.run(Program::work);
            }
            System.out.println("goes on");
            System.exit(0);
        }

        private static Runner runner() {
            return Runner.builder()
                    .signals(false)
                    .runtime(
                            "parallel".equals(System.getProperty("runtime"))
                                    ? WeftRuntime::parallel
                                    : WeftRuntime::eventLoop)
                    .onProblem(problem -> {})
                    .build();
        }

        private static void work() throws Exception {
            var queue = new Queue<Integer>(2);
            for (var i = 0; i < 20; i++) {
                try {
                    gather(() -> timeout(Duration.ofMillis(1), () -> sleep(FOREVER, 1)), () -> sleep(FOREVER, 2));
                } catch (TimeoutException e) {
                    // as it should
                }
                gather(
                        () -> {
                            for (var j = 0; j < 10; j++) {
                                queue.put(j);
                            }
                        },
                        () -> {
                            for (var j = 0; j < 10; j++) {
                                queue.get();
                            }
                        });
                taskGroup(group -> {
                    group.createTask(() -> mapConcurrent(List.of(1, 2, 3), 2, item -> item));
                    group.createTask(() -> sleep(Duration.ofMillis(1)));
                });
                try (var all = asCompleted(List.<Body<Integer, Exception>>of(() -> 1, () -> 2))) {
                    for (var next : all) {
                        next.await();
                    }
                }
            }
        }

        private static void fillAndDrop() {
            while (!over) {
                var kept = new ArrayList<byte[]>();
                try {
                    for (var size = 1 << 20; size > 16; ) {
                        try {
                            while (!over) {
                                kept.add(new byte[size]);
                            }
                            break;
                        } catch (OutOfMemoryError e) {
                            size /= 2;
                        }
                    }
                } catch (OutOfMemoryError e) {
                    // the list itself
                }
                kept = null;
                Thread.yield();
            }
        }

        private static void rejectOthers(Throwable e) throws Exception {
            for (var cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof OutOfMemoryError
                        || cause instanceof NoClassDefFoundError
                        || cause instanceof BootstrapMethodError) {
                    return;
                }
                if (cause instanceof ExceptionGroup group
                        && group.exceptions().stream().anyMatch(OutOfMemoryError.class::isInstance)) {
                    return;
                }
            }
            throw new AssertionError(e);
        }
    }
}
