package dev.weft.examples;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every program prints what its Python original printed, on both runtimes. They sleep for real, so they all run at the
 * same time.
 */
class TranscriptTest {

    /** Keeps the programs from competing for the processors while their classes are loaded. */
    private static final long MILLIS_BETWEEN_STARTS = 25;

    private static final int MAX_RUNS = 5;

    private static final Executor PLATFORM_THREADS =
            task -> Thread.ofPlatform().name("program").start(task);

    private record Key(Transcript transcript, Mode mode) {}

    /** What a program printed, and when it ran. */
    private record Output(List<String> lines, long from, long to) {}

    private static final Map<Key, CompletableFuture<Output>> OUTPUTS = new LinkedHashMap<>();
    private static StallMeter stallMeter;
    private static Runnable restoreSystemOut;

    @BeforeAll
    static void startAll() {
        restoreSystemOut = Printed.replaceSystemOut();
        stallMeter = new StallMeter();
        for (var transcript : Transcript.all()) {
            for (var mode : Mode.values()) {
                var later = CompletableFuture.delayedExecutor(
                        OUTPUTS.size() * MILLIS_BETWEEN_STARTS, MILLISECONDS, PLATFORM_THREADS);
                OUTPUTS.put(
                        new Key(transcript, mode), CompletableFuture.supplyAsync(() -> run(transcript, mode), later));
            }
        }
    }

    @AfterAll
    static void stopAll() {
        OUTPUTS.values().forEach(CompletableFuture::join);
        stallMeter.close();
        restoreSystemOut.run();
    }

    static Stream<Arguments> programs() {
        return OUTPUTS.keySet().stream().map(key -> Arguments.of(key.transcript, key.mode));
    }

    @ParameterizedTest(name = "{0} on the runtime \"{1}\"")
    @MethodSource("programs")
    void main_onEachRuntime_printsTheTranscript(Transcript transcript, Mode mode) {
        var output = OUTPUTS.get(new Key(transcript, mode)).join();
        var difference = Comparison.difference(transcript, mode, output.lines);
        // A wrong line is forgiven only if the machine stood still meanwhile, and not for long.
        for (var runs = 1;
                difference.isPresent() && stallMeter.sawStall(output.from, output.to) && runs < MAX_RUNS;
                runs++) {
            output = run(transcript, mode);
            difference = Comparison.difference(transcript, mode, output.lines);
        }
        difference.ifPresent(text -> fail(text));
    }

    @Test
    void programs_andTranscripts_matchOneToOne() throws IOException, URISyntaxException {
        var transcripts = Transcript.all();
        assertThat(transcripts)
                .extracting(Transcript::number)
                .isEqualTo(IntStream.rangeClosed(1, 32).boxed().toList());
        assertThat(numberedClasses())
                .isEqualTo(transcripts.stream().map(Transcript::className).toList());
        assertThat(OUTPUTS).hasSize(64);
    }

    private static List<String> numberedClasses() throws IOException, URISyntaxException {
        var classes = Path.of(Example.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (var files = Files.walk(classes)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("P\\d\\d\\w*\\.class"))
                    .map(name -> name.replace(".class", ""))
                    .sorted()
                    .toList();
        }
    }

    private static Output run(Transcript transcript, Mode mode) {
        var from = System.nanoTime();
        var lines = Printed.by(() -> launch(transcript, mode.args()));
        return new Output(lines, from, System.nanoTime());
    }

    /** Runs a program as the java launcher would. */
    static void launch(Transcript transcript, String... args) {
        try {
            Class.forName(Example.class.getPackageName() + "." + transcript.className())
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) args);
        } catch (ReflectiveOperationException e) {
            var thrown = e.getCause() == null ? e : e.getCause();
            System.out.println("(exit status 1: "
                    + (thrown instanceof TimeoutException ? "TimeoutException" : stackTrace(thrown)) + ")");
        }
    }

    private static String stackTrace(Throwable thrown) {
        var text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
