package dev.weft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** R: what run does about the process that it is in. */
class RunInChildJvmTest {

    /** With -Xrs the JVM keeps the signals to itself, and refuses a handler for them. */
    @Test
    void r13_unavailableSignalsAreTolerated() throws Exception {
        var result = ChildJvm.run(PrintsOneLine.class, Map.of(), "-Xrs");
        assertThat(result).isEqualTo(new ChildJvm.Result(0, "not traced, not traced"));
    }

    @Test
    void r3_defaultComesFromTheEnvironment() throws Exception {
        var result = ChildJvm.run(PrintsOneLine.class, Map.of("WEFT_DEBUG", "1"));
        assertThat(result).isEqualTo(new ChildJvm.Result(0, "traced, not traced"));
    }

    @Test
    void r3_defaultComesFromTheSystemProperty() throws Exception {
        var result = ChildJvm.run(PrintsOneLine.class, Map.of(), "-Dweft.debug=true");
        assertThat(result).isEqualTo(new ChildJvm.Result(0, "traced, not traced"));
    }

    /** Whether tasks know where they were created: by default, and with debug mode off. */
    static final class PrintsOneLine {

        private PrintsOneLine() {}

        public static void main(String[] arguments) throws InterruptedException {
            var byDefault = Weft.run(() -> describe(Weft.createTask(() -> "a")));
            try (var runner = Runner.builder().debug(false).build()) {
                var off = runner.run(() -> describe(Weft.createTask(() -> "a")));
                System.out.println(byDefault + ", " + off);
            }
        }

        private static String describe(Task<?> task) {
            return task.creationTrace().isEmpty() ? "not traced" : "traced";
        }
    }
}
