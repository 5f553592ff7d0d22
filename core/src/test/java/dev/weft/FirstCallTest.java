package dev.weft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The first call of a program, which a short one waits for: no class is made for it while it runs. */
class FirstCallTest {

    /** A gather that is run in a process of its own. */
    static final class Program {
        private Program() {}

        public static void main(String[] args) throws InterruptedException {
            // no lambda: its class would come before those of Weft that are looked for
            Weft.gather(List.of(new One(), new One()));
        }
    }

    private static final class One implements Body<Integer, RuntimeException> {
        @Override
        public Integer run() {
            return 1;
        }
    }

    @Test
    void firstGatherMakesNoLambdaOfWefts() throws Exception {
        var child = ChildJvm.run(Program.class, Map.of(), "-Xlog:class+load:stdout");

        assertThat(child.exitCode()).as(child.output()).isZero();
        assertThat(child.output().lines())
                .anyMatch(line -> line.contains("dev.weft.internal.task.ProcessDefaults "))
                .noneMatch(line -> line.contains("dev.weft.") && line.contains("$$Lambda"));
    }
}
