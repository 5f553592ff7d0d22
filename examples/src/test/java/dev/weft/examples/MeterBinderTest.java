package dev.weft.examples;

import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.settle;
import static dev.weft.Weft.sleep;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Runner;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The binder that docs/metrics.md shows, on Micrometer's own registry. */
class MeterBinderTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private Runner runner() {
        return Runner.builder().listener(new MeterBinder(registry)).build();
    }

    private double running() {
        return registry.get("weft.tasks.running").gauge().value();
    }

    private long ended(String outcome) {
        return registry.get("weft.tasks").tag("outcome", outcome).timer().count();
    }

    @Test
    void runningTasks_areAGauge() throws Exception {
        try (var runner = runner()) {
            runner.run(() -> {
                assertThat(running()).isEqualTo(1);
                var begun = new CountDownLatch(2);
                var body = (dev.weft.VoidBody<RuntimeException>) () -> {
                    begun.countDown();
                    sleep(FOREVER);
                };
                var first = createTask(body);
                var second = createTask(body);
                begun.await();
                assertThat(running()).isEqualTo(3);
                first.cancel();
                second.cancel();
                settle(first, second);
                assertThat(running()).isEqualTo(1);
            });
        }
        assertThat(running()).isZero();
        assertThat(ended("cancelled")).isEqualTo(2);
    }

    @Test
    void ends_areCountedAndTimedByOutcome() throws Exception {
        try (var runner = runner()) {
            runner.run(() -> {
                gather(() -> 1, () -> 2, () -> 3);
                settle(() -> fail());
                sleep(Duration.ofMillis(5));
            });
        }
        assertThat(ended("success")).as("three and main").isEqualTo(4);
        assertThat(ended("failure")).isEqualTo(1);
        assertThat(registry.get("weft.tasks").tag("outcome", "success").timer().totalTime(TimeUnit.MILLISECONDS))
                .isGreaterThanOrEqualTo(5);
    }

    private static int fail() throws IOException {
        throw new IOException("boom");
    }

    @Test
    void taskCancelledBeforeItRuns_isCountedApart() throws Exception {
        try (var runner = runner()) {
            runner.run(() ->
                    dev.weft.Weft.taskGroup(dev.weft.GroupOptions.failFast().limit(1), group -> {
                        var release = new CountDownLatch(1);
                        group.createTask(() -> release.await());
                        var second = group.createTask(() -> 2);
                        second.cancel();
                        settle(second);
                        release.countDown();
                    }));
        }
        assertThat(registry.get("weft.tasks.never.started").counter().count()).isEqualTo(1);
        assertThat(ended("success")).isEqualTo(2);
    }

    /** What is shown is what is tested. */
    @Test
    void documentation_showsThisBinder() throws Exception {
        var root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("docs/metrics.md"))) {
            root = root.getParent();
        }
        var source = Files.readString(root.resolve("examples/src/test/java/dev/weft/examples/MeterBinder.java"));
        var shown = source.substring(source.indexOf("final class"));
        assertThat(Files.readString(root.resolve("docs/metrics.md"))).contains(shown.strip());
        assertThat(shown.lines()).hasSizeLessThanOrEqualTo(31);
    }
}
