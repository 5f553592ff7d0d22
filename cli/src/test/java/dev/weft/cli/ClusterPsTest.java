package dev.weft.cli;

import static dev.weft.cli.Ran.weft;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code weft ps --cluster} and {@code weft pstree --cluster}. */
@Timeout(120)
class ClusterPsTest {

    @Test
    void cl47_tasksOfMembers_standBelowTheirCalls() throws Exception {
        try (var target = InspectedJvm.running("sleepers", "2")) {
            var without = weft("pstree", target.pid(), "--cluster", "--timeout", "60s");
            assertThat(without.err()).contains("is not a member of a cluster", "without --cluster");
            assertThat(without.exitCode()).isEqualTo(69);

            target.ask("join");
            var tree = weft("pstree", target.pid(), "--cluster", "--timeout", "60s");
            assertThat(tree.err()).isEmpty();
            assertThat(tree.exitCode()).isZero();
            assertThat(tree.out().lines())
                    .anyMatch(line -> line.contains("│  └─ task 'size#1 for c1 on w1 (a1f3c2d4), as 2 tells'"));
            assertThat(weft("pstree", target.pid(), "--timeout", "60s").out()).doesNotContain("size#1");
            var list = weft("ps", target.pid(), "--cluster", "--name", "size*", "--timeout", "60s");
            assertThat(list.out()).contains("size#1 for c1 on w1").doesNotContain("sleeper");
        }
    }
}
