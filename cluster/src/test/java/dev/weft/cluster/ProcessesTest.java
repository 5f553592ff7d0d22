package dev.weft.cluster;

import static dev.weft.Weft.createTask;
import static dev.weft.Weft.run;
import static dev.weft.Weft.settle;
import static dev.weft.Weft.sleep;
import static dev.weft.cluster.TestMember.SLEEP;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Outcome;
import dev.weft.Weft;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Members in processes of their own, which are killed, stopped and told to end. */
@DisabledOnOs(OS.WINDOWS)
class ProcessesTest {

    @TempDir
    private Path folder;

    private final List<String> addresses = new ArrayList<>();
    private final Map<String, Process> processes = new HashMap<>();

    @BeforeEach
    void freePorts() {
        for (var i = 0; i < 4; i++) {
            addresses.add(TestPorts.address());
        }
    }

    @AfterEach
    void endAll() throws InterruptedException {
        for (var process : processes.values()) {
            process.destroyForcibly();
            process.waitFor(60, TimeUnit.SECONDS);
        }
    }

    private Process start(String name, int address, String role) throws IOException {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        TestMember.class.getName(),
                        name,
                        addresses.get(address),
                        String.join(",", addresses),
                        log(name).toString(),
                        role)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".out").toFile())
                .start();
        processes.put(name, process);
        return process;
    }

    private Path log(String name) {
        return folder.resolve(name + ".log");
    }

    private List<String> lines(String name) {
        try {
            return Files.exists(log(name)) ? Files.readAllLines(log(name)) : List.of();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private boolean has(String name, String beginning) {
        return lines(name).stream().anyMatch(line -> line.startsWith(beginning));
    }

    private WorkersBuilder caller() {
        return Workers.builder("processes")
                .name("caller")
                .bind(addresses.getFirst())
                .join(addresses)
                .insecure();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            sleep(ofMillis(20));
        }
    }

    private static void signal(Process process, String name) throws IOException, InterruptedException {
        var kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    @Test
    void cl21_killedMember_callIsLost_noneOfItsHandlersRunTwice() throws Exception {
        var w1 = start("w1", 1, "worker");
        run(() -> {
            try (var caller = caller().open()) {
                var call = createTask(() -> caller.call(SLEEP, "600000"));
                await(() -> has("w1", "begin"));
                w1.destroyForcibly();
                assertThatThrownBy(call::await).isInstanceOfSatisfying(MemberLostException.class, lost -> {
                    assertThat(lost.member().name()).isEqualTo("w1");
                    assertThat(lost.attempts()).isEqualTo(1);
                });
                start("w2", 2, "worker");
                assertThat(caller.call(SLEEP, "1")).isEqualTo("1");
                await(() -> has("w2", "open")); // it may be called before it says so
                assertThat(lines("w2")).hasSize(3); // open, begin, end: the lost call has not come here
            }
        });
    }

    @Test
    void cl32_sigterm_drains() throws Exception {
        var w1 = start("w1", 1, "worker");
        run(() -> {
            try (var caller = caller().open()) {
                var call = createTask(() -> caller.call(SLEEP, "1500"));
                await(() -> has("w1", "begin"));
                signal(w1, "TERM");
                assertThat(call.await()).isEqualTo("1500");
                assertThat(w1.waitFor(60, TimeUnit.SECONDS)).isTrue();
                assertThat(lines("w1").getLast()).isEqualTo("closed");
                assertThat(caller.snapshot().lost()).isZero();
            }
        });
    }

    @Test
    void cl24_callerKilled_handlerIsInterrupted() throws Exception {
        start("w1", 1, "worker");
        var caller = start("c", 2, "caller");
        run(() -> {
            await(() -> has("w1", "begin"));
            caller.destroyForcibly();
            await(() -> has("w1", "end"));
        });
    }

    @Test
    void cl25_cl28_frozenMember_isLost_cancelsWhenThawed_andIsUsedAgain() throws Exception {
        var w1 = start("w1", 1, "worker");
        run(() -> {
            try (var caller = caller().open()) {
                var call = createTask(() -> caller.call(SLEEP, "600000"));
                await(() -> has("w1", "begin"));
                signal(w1, "STOP");
                assertThatThrownBy(call::await).isInstanceOf(MemberLostException.class);
                assertThat(has("w1", "end")).isFalse();
                signal(w1, "CONT");
                await(() -> has("w1", "end"));
                assertThat(caller.call(SLEEP, "2")).isEqualTo("2");
            }
        });
    }

    /** Kills a member every two seconds, for a minute. */
    @Test
    @EnabledIfSystemProperty(named = "weft.cluster.storm", matches = "true")
    @org.junit.jupiter.api.Timeout(600)
    void cl8_storm_eachCallHasOneOutcome_noneBeginsTwice_noneIsLeft() throws Exception {
        run(() -> {
            start("w0", 1, "worker");
            start("w1", 2, "worker");
            start("w2", 3, "worker");
            try (var caller = caller().open()) {
                var outcomes = new HashMap<String, Integer>();
                var until = System.nanoTime() + ofSeconds(60).toNanos();
                var load = createTask(() -> Weft.forEachConcurrent(
                        () -> new java.util.Iterator<Integer>() {
                            @Override
                            public boolean hasNext() {
                                return System.nanoTime() < until;
                            }

                            @Override
                            public Integer next() {
                                return 1;
                            }
                        },
                        40,
                        one -> {
                            var outcome = settle(() -> caller.call(SLEEP, "20")).getFirst();
                            var kind = outcome instanceof Outcome.Failure<?>(var failure)
                                    ? failure.getClass().getSimpleName()
                                    : outcome.getClass().getSimpleName();
                            synchronized (outcomes) {
                                outcomes.merge(kind, 1, Integer::sum);
                            }
                        }));
                for (var round = 0; !load.isDone(); round++) {
                    sleep(ofSeconds(2));
                    var name = "w" + round % 3;
                    processes.get(name).destroyForcibly();
                    processes.get(name).waitFor(60, TimeUnit.SECONDS);
                    start(name, 1 + round % 3, "worker");
                }
                load.await();
                assertThat(outcomes.keySet()).isSubsetOf("Success", "MemberLostException");
                var numbers = caller.snapshot();
                assertThat(outcomes.values().stream().mapToLong(count -> count).sum())
                        .isEqualTo(numbers.called());
                assertThat(numbers.open() + numbers.waiting() + numbers.calling())
                        .isZero();
                var begun = new ArrayList<String>();
                var ended = new ArrayList<String>();
                for (var name : List.of("w0", "w1", "w2")) {
                    for (var line : lines(name)) {
                        var words = line.split(" ");
                        if (words[0].equals("begin")) {
                            begun.add(words[1]);
                        } else if (words[0].equals("end")) {
                            ended.add(words[1]);
                        }
                    }
                }
                assertThat(begun).doesNotHaveDuplicates();
                assertThat(ended.size()).isGreaterThanOrEqualTo(outcomes.get("Success"));
                System.out.println("storm: " + outcomes + " " + numbers);
            }
        });
    }
}
