package dev.weft.cluster;

import static dev.weft.Weft.createTask;
import static dev.weft.Weft.mapConcurrent;
import static dev.weft.Weft.run;
import static dev.weft.Weft.settle;
import static dev.weft.Weft.sleep;
import static dev.weft.cluster.ShowMember.ECHO;
import static dev.weft.cluster.ShowMember.SLEEP;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Outcome;
import dev.weft.Task;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A cluster of processes, and what is done to it: {@code build-support/cluster-show}. */
@EnabledIfSystemProperty(named = "weft.cluster.show", matches = "true")
@Timeout(600)
class ClusterShowTest {

    private static final ShowTable TABLE = new ShowTable();

    @TempDir
    private Path folder;

    @AfterAll
    static void write() throws Exception {
        TABLE.write(Path.of("target", "cluster-show.md"));
    }

    @FunctionalInterface
    private interface Scenario {
        void play(ShowProcesses processes, Workers caller) throws Exception;
    }

    /** Some workers and a caller. */
    private void play(int workers, Scenario scenario) throws Exception {
        var failed = TABLE.failed().size();
        run(() -> {
            try (var processes = new ShowProcesses(folder, workers + 6)) {
                for (var i = 1; i <= workers; i++) {
                    processes.start("w" + i, i, "worker");
                }
                try (var caller = processes.caller()) {
                    while (caller.members().size() < workers) {
                        sleep(ofMillis(20));
                    }
                    scenario.play(processes, caller);
                    var left = caller.snapshot();
                    assertThat(left.open() + left.waiting() + left.calling()).isZero();
                    assertThat(left.ok() + left.failed() + left.cancelled() + left.expired() + left.lost())
                            .isEqualTo(left.called());
                }
            }
        });
        assertThat(TABLE.failed()).hasSize(failed);
    }

    /** A call that runs on the one worker. */
    private static Task<String> running(ShowProcesses processes, Workers caller, String millis) throws Exception {
        var call = createTask(() -> caller.call(SLEEP, millis));
        processes.await("w1", "begin", 1);
        return call;
    }

    private static String name(Outcome<?> outcome) {
        return outcome instanceof Outcome.Failure<?>(var e)
                ? e.getClass().getSimpleName()
                : outcome.getClass().getSimpleName();
    }

    @Test
    void killedMember() throws Exception {
        play(1, (processes, caller) -> {
            var call = running(processes, caller, "600000");
            processes.signal("w1", "KILL");
            var begun = System.nanoTime();
            var came = name(settle(call).getFirst());
            TABLE.row(
                    "kill -9 of a member with a call",
                    "MemberLostException, after about 4 s",
                    came + " after " + seconds(begun),
                    came.equals("MemberLostException"));
        });
    }

    private static String seconds(long begun) {
        return String.format(java.util.Locale.ROOT, "%.1f s", (System.nanoTime() - begun) / 1e9);
    }

    @Test
    void frozenMember() throws Exception {
        play(1, (processes, caller) -> {
            var call = running(processes, caller, "600000");
            processes.signal("w1", "STOP");
            var begun = System.nanoTime();
            var came = name(settle(call).getFirst()) + " after " + seconds(begun);
            processes.signal("w1", "CONT");
            processes.await("w1", "end", 1);
            var again = caller.call(SLEEP, "1");
            TABLE.row(
                    "SIGSTOP of a member, SIGCONT after the loss",
                    "MemberLostException; thawed, it cancels the handler, and is used again",
                    came + "; handler ended; next call there: " + again,
                    came.startsWith("MemberLostException") && processes.count("w1", "begin") == 2);
        });
    }

    @Test
    void terminatedMember() throws Exception {
        play(1, (processes, caller) -> {
            var call = running(processes, caller, "2000");
            processes.signal("w1", "TERM");
            var came = name(settle(call).getFirst());
            var hasEnded = processes.awaitEnd("w1");
            TABLE.row(
                    "SIGTERM of a member with a call of 2 s",
                    "the call returns, 0 lost, the process ends",
                    came + ", " + caller.snapshot().lost() + " lost, " + (hasEnded ? "ended" : "still there"),
                    came.equals("Success") && hasEnded && caller.snapshot().lost() == 0);
        });
    }

    @Test
    void killedCaller() throws Exception {
        play(1, (processes, caller) -> {
            processes.start("c2", 2, "long");
            processes.await("w1", "begin", 1);
            var begun = System.currentTimeMillis();
            processes.signal("c2", "KILL");
            var came = processes.await("w1", "end", 1) - begun;
            TABLE.row("kill -9 of a caller", "its handler is interrupted", "after " + came + " ms", true);
        });
    }

    @Test
    void pauses() throws Exception {
        play(1, (processes, caller) -> {
            processes.start("c2", 2, "long");
            var call = createTask(() -> caller.call(SLEEP, "20000"));
            processes.await("w1", "begin", 2);
            processes.pause("w1", ofSeconds(2));
            sleep(ofSeconds(3));
            processes.pause("c2", ofSeconds(2));
            var came = name(settle(call).getFirst());
            TABLE.row("member paused for 2 s (SIGSTOP)", "its call returns", came, came.equals("Success"));
            var lost = processes.count("c2", "lost");
            TABLE.row("caller paused for 2 s (SIGSTOP)", "its call goes on", lost + " lost", lost == 0);
        });
    }

    @Test
    void manyCallersAndMembers() throws Exception {
        play(5, (processes, caller) -> {
            for (var i = 1; i <= 5; i++) {
                processes.start("c" + i, 5 + i, "many 2000");
            }
            var ok = 0;
            for (var i = 1; i <= 5; i++) {
                var name = "c" + i;
                processes.await(name, "ok ", 1);
                ok += processes.lines(name).stream()
                        .filter(line -> line.contains(" ok "))
                        .mapToInt(line -> Integer.parseInt(line.split(" ")[2]))
                        .sum();
            }
            TABLE.row("5 callers with 2,000 calls each, 5 members", "10,000 values", ok + " values", ok == 10_000);
        });
    }

    @Test
    void payloads() throws Exception {
        play(3, (processes, caller) -> {
            for (var size : new int[] {100, 100_000, 1 << 20}) {
                var payload = new byte[size];
                new Random(size).nextBytes(payload);
                var begun = System.nanoTime();
                var equal = mapConcurrent(
                        IntStream.range(0, 300).boxed().toList(),
                        20,
                        number -> Arrays.equals(caller.call(ECHO, payload), payload));
                var came = equal.stream().filter(same -> same).count();
                TABLE.row(
                        "300 calls with " + size + " bytes, 20 at a time",
                        "300 equal results, 0 lost",
                        came + " equal in " + seconds(begun) + ", "
                                + caller.snapshot().lost() + " lost",
                        came == 300 && caller.snapshot().lost() == 0);
            }
        });
    }

    /** What the frozen one does not take, fills its connection; the others' have threads of their own. */
    @Test
    void frozenMember_withLargeFrames_othersGoOn() throws Exception {
        play(2, (processes, caller) -> {
            var payload = new byte[1 << 20];
            var onFrozen = CallOptions.defaults().on(member -> member.name().equals("w1"));
            var onOther = CallOptions.defaults().on(member -> member.name().equals("w2"));
            caller.call(ECHO, payload, onFrozen);
            processes.signal("w1", "STOP");
            var stuck = IntStream.range(0, 20)
                    .mapToObj(i -> createTask(() -> caller.call(ECHO, payload, onFrozen)))
                    .toList();
            var ok = 0;
            var begun = System.nanoTime();
            while (!stuck.stream().allMatch(Task::isDone)) {
                ok += settle(() -> caller.call(ECHO, new byte[100], onOther)).getFirst() instanceof Outcome.Success
                        ? 1
                        : 0;
                sleep(ofMillis(20));
            }
            var lost = settle(stuck).stream()
                    .filter(outcome -> name(outcome).equals("MemberLostException"))
                    .count();
            var others = caller.snapshot().ok() - 1;
            TABLE.row(
                    "SIGSTOP of a member that 20 MiB are on the way to",
                    "20 lost there, none elsewhere",
                    lost + " lost there after " + seconds(begun) + ", " + others + " calls elsewhere, "
                            + (caller.snapshot().lost() - lost) + " of them lost",
                    lost == 20 && caller.snapshot().lost() == lost && ok == others);
        });
    }

    @Test
    void twoVersions() throws Exception {
        var other = OtherBuild.compile(folder.resolve("other"), OtherBuild.NEXT_MAJOR);
        play(1, (processes, caller) -> {
            processes.before = other + java.io.File.pathSeparator;
            processes.start("x1", 2, "worker");
            processes.start("x2", 3, "worker");
            processes.await("x1", "sees 1", 1);
            processes.await("x2", "sees 1", 1);
            var values = mapConcurrent(IntStream.range(0, 200).boxed().toList(), 20, number -> caller.call(SLEEP, "1"));
            var refused = caller.snapshot().refused();
            var strange = processes.count("x1", "begin") + processes.count("x2", "begin");
            TABLE.row(
                    "two members with the next version of the protocol",
                    "they see each other alone, all calls run on the old one, frames of theirs are counted",
                    "they see 1; " + values.size() + " values, " + strange + " of them from these; "
                            + (refused > 0 ? "counted" : "not counted"),
                    strange == 0 && refused > 0);
        });
    }

    @Test
    void links() throws Exception {
        var what = "link of a member down and up, network namespaces";
        var why = ShowNetwork.missing();
        if (why != null) {
            TABLE.skipped(what, why);
            return;
        }
        try (var network = new ShowNetwork(3)) {
            run(() -> {
                try (var processes = new ShowProcesses(folder, network.addresses())) {
                    processes.tls =
                            TestCertificates.shared().member("ca", "member").toString();
                    processes.start("w1", 0, "worker", network.in(0));
                    processes.await("w1", "open", 1);
                    processes.start("c1", 1, "long", network.in(1));
                    processes.await("w1", "begin", 1);
                    network.link(0, "down");
                    var down = System.currentTimeMillis();
                    var interrupted = processes.await("w1", "end", 1);
                    var lost = processes.await("c1", "lost", 1);
                    network.link(0, "up");
                    var up = System.currentTimeMillis();
                    var again = processes.await("w1", "begin", 2);
                    TABLE.row(
                            what,
                            "handler interrupted, then the call lost; used again",
                            "interrupted after " + (interrupted - down) + " ms, lost after " + (lost - down)
                                    + " ms, used " + (again - up) + " ms after it was up",
                            interrupted <= lost);
                }
            });
        }
    }
}
