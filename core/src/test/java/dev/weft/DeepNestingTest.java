package dev.weft;

import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.taskGroup;
import static dev.weft.Weft.timeout;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Groups in another until the stack is full, in a process in which nothing has been compiled yet. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DeepNestingTest {

    @ParameterizedTest
    @CsvSource({"600, loop", "20000, loop", "600, parallel", "20000, parallel"})
    void h1_groupsOneInAnother_runEndsByTheLimitOrByTheOverflow(int depth, String runtime) throws Exception {
        var result =
                ChildJvm.run(Program.class, Map.of("DEPTH", Integer.toString(depth), "RUNTIME", runtime), "-Xss512k");
        assertThat(result.output()).endsWith("as it should");
        assertThat(result.exitCode()).isZero();
    }

    /** Ends by itself only if its run does. */
    static final class Program {

        private static final Duration LIMIT = Duration.ofMillis(500);

        public static void main(String[] args) throws Exception {
            var depth = Integer.parseInt(System.getenv("DEPTH"));
            try (var runner = Runner.builder()
                    .signals(false)
                    .runtime("loop".equals(System.getenv("RUNTIME")) ? WeftRuntime::eventLoop : WeftRuntime::parallel)
                    .build()) {
                runner.run(() -> timeout(LIMIT, () -> nest(depth)));
                System.out.println("returned");
            } catch (DeadlineExceededException | StackOverflowError e) {
                System.out.println("as it should");
            }
        }

        private static int nest(int depth) throws Exception {
            if (depth == 0) {
                return sleep(FOREVER, 0);
            }
            taskGroup(group -> {
                nest(depth - 1);
            });
            return depth;
        }
    }
}
