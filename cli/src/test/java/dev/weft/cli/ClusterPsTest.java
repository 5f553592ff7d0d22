package dev.weft.cli;

import static dev.weft.cli.Ran.look;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code weft ps --cluster} and {@code weft pstree --cluster}. */
@Timeout(120)
class ClusterPsTest {

    @Test
    void cl47_tasksOfMembers_standBelowTheirCalls() throws Exception {
        try (var target = InspectedJvm.running("sleepers", "2")) {
            var without = look("pstree", target.pid(), "--cluster");
            assertThat(without.err()).contains("is not a member of a cluster", "without --cluster");
            assertThat(without.exitCode()).isEqualTo(69);

            target.ask("join");
            var tree = look("pstree", target.pid(), "--cluster");
            assertThat(tree.err()).isEmpty();
            assertThat(tree.exitCode()).isZero();
            assertThat(tree.out().lines())
                    .anyMatch(line -> line.contains("│  └─ task 'size#1 for c1 on w1 (a1f3c2d4), as 2 tells'"));
            assertThat(look("pstree", target.pid()).out()).doesNotContain("size#1");
            var list = look("ps", target.pid(), "--cluster", "--name", "size*");
            assertThat(list.out()).contains("size#1 for c1 on w1").doesNotContain("sleeper");
        }
    }
}
