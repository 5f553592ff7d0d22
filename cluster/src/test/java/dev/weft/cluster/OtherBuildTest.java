package dev.weft.cluster;

import static dev.weft.Weft.mapConcurrent;
import static dev.weft.Weft.run;
import static dev.weft.cluster.ShowMember.ECHO;
import static dev.weft.cluster.ShowMember.SLEEP;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Members of this build and of a later one, in processes, over JGroups. */
@Timeout(300)
class OtherBuildTest {

    @TempDir
    private Path folder;

    /** Fields and frames that one side does not know are skipped, in both directions. */
    @Test
    void cl35_membersOfTwoMinorVersions_callEachOther() throws Exception {
        var later = OtherBuild.compile(folder.resolve("later"), OtherBuild.NEXT_MINOR);
        run(() -> {
            try (var processes = new ShowProcesses(folder, 4)) {
                processes.before = later + File.pathSeparator;
                processes.start("laterWorker", 1, "worker");
                try (var caller = processes.caller()) {
                    var values = mapConcurrent(
                            IntStream.range(0, 100).boxed().toList(), 20, number -> caller.call(SLEEP, "1"));
                    assertThat(values).hasSize(100).containsOnly("1");
                    var numbers = caller.snapshot();
                    assertThat(numbers.refused()).isPositive();
                    assertThat(numbers.lost() + numbers.retried() + numbers.suspicions())
                            .isZero();
                    assertThat(caller.members()).extracting(Member::name).containsExactly("laterWorker");
                }
                processes.signal("laterWorker", "TERM");
                assertThat(processes.awaitEnd("laterWorker")).isTrue();
                try (var worker = ShowMember.builder("worker", processes.address(2), processes.address(3))
                        .insecure()
                        .serve(ECHO, bytes -> bytes)
                        .open()) {
                    processes.start("laterCaller", 3, "many 100");
                    processes.await("laterCaller", "ok 100", 1);
                    assertThat(worker.snapshot().ran()).isPositive();
                    assertThat(worker.snapshot().suspicions()).isZero();
                    assertThat(processes.count("laterCaller", "Failure")).isZero();
                }
            }
        });
    }
}
