package dev.weft;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.internal.runtime.CustomScheduling;
import dev.weft.internal.runtime.LoopThreads;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * EL1: programs run in the order that was recorded from CPython. The recorder is
 * {@code build-support/event-loop-order.py}.
 */
class AsyncioOrderTest {

    /** Weft's event loops on a virtual clock; or those other runtimes that keep asyncio's order. */
    static List<TestRuntime> loops() {
        var others = TestRuntime.areOthers() ? TestRuntime.all() : List.<TestRuntime>of();
        var loops = new ArrayList<>(others.stream()
                .filter(runtime -> runtime.toString().equals("fifo"))
                .toList());
        if (loops.isEmpty()) {
            loops.add(virtual(LoopThreads.BATON));
            if (CustomScheduling.isAvailable()) { // CarrierTest sees to it that the build makes it so
                loops.add(virtual(LoopThreads.CARRIER));
            }
        }
        return loops;
    }

    private static TestRuntime virtual(LoopThreads threads) {
        return new TestRuntime("EVENT_LOOP " + threads, true, () -> VirtualLoop.runtime(threads));
    }

    @ParameterizedTest
    @Tag(OnEveryRuntime.TAG)
    @MethodSource("loops")
    @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void el1_programsRunInTheOrderRecordedFromCPython(TestRuntime runtime) throws Exception {
        var lines = lines("/event-loop-order.txt");
        assertThat(lines).hasSizeGreaterThan(1_000);
        var differences = new ArrayList<String>();
        for (var i = 0; i < lines.size(); i += 2) {
            var trace = trace(runtime, lines.get(i));
            if (!trace.equals(lines.get(i + 1))) {
                differences.add(lines.get(i) + "\n  CPython: " + lines.get(i + 1) + "\n  Weft:    " + trace + "\n");
            }
        }
        assertThat(differences).isEmpty();
    }

    @ParameterizedTest
    @Tag(OnEveryRuntime.TAG)
    @MethodSource("loops")
    @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void el1_differencesFromAsyncioAreThoseOfTheGuide(TestRuntime runtime) throws Exception {
        var lines = lines("/event-loop-differences.txt");
        assertThat(lines).hasSizeGreaterThan(40);
        for (var i = 0; i < lines.size(); i += 3) {
            var trace = trace(runtime, lines.get(i));
            assertThat(trace).as(lines.get(i)).isEqualTo(lines.get(i + 2)).isNotEqualTo(lines.get(i + 1));
        }
    }

    private static String trace(TestRuntime runtime, String program) throws InterruptedException {
        try (var runner = runtime.builder().onProblem(problem -> {}).build()) {
            return runner.run(() -> OrderProgram.trace(program));
        }
    }

    private static List<String> lines(String resource) throws IOException {
        var file = Objects.requireNonNull(AsyncioOrderTest.class.getResourceAsStream(resource), resource);
        try (var reader = new BufferedReader(new InputStreamReader(file, UTF_8))) {
            return reader.lines().filter(line -> !line.startsWith("#")).toList();
        }
    }
}
