package dev.weft.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.VoidBody;
import dev.weft.test.Schedule;
import dev.weft.test.ScheduleFailedError;
import dev.weft.test.Simulation;
import dev.weft.test.SimulationError.Kind;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every program prints what its Python original printed on virtual time, too: to the letter in the event loop's order,
 * and but for what comes at the same instant in orders drawn from seeds.
 */
@Timeout(60)
class SimulatedTranscriptTest {

    private static final List<String> DRAWN =
            List.of("random:1", "random:2", "pct:1:2:30", "pct:2:3:30", "pos:1", "pos:2");

    /** Some of the originals leave tasks to the end of their run, which cancels them. */
    private static final Simulation SIMULATION = Simulation.create().allow(Kind.LEAKED_TASK, Kind.UNOBSERVED_FAILURE);

    private static Runnable restoreSystemOut;

    @BeforeAll
    static void replaceSystemOut() {
        restoreSystemOut = Printed.replaceSystemOut();
    }

    @AfterAll
    static void restoreSystemOut() {
        restoreSystemOut.run();
    }

    static Stream<Transcript> transcripts() {
        return Transcript.all().stream();
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    void main_inTheEventLoopsOrder_printsTheTranscript(Transcript transcript) {
        check(transcript, "fifo", Mode.EVENT_LOOP);
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    void main_inDrawnOrders_printsTheTranscript(Transcript transcript) {
        DRAWN.forEach(schedule -> check(transcript, schedule, Mode.PARALLEL));
    }

    private static void check(Transcript transcript, String schedule, Mode comparedAs) {
        var lines = Printed.by(() -> ScopedValue.where(Example.STAGE, main -> replay(schedule, main))
                .run(() -> TranscriptTest.launch(transcript)));
        assertThat(Comparison.difference(transcript, comparedAs, lines))
                .as("under schedule %s", schedule)
                .isEmpty();
    }

    private static void replay(String schedule, VoidBody<?> main) throws Exception {
        try {
            SIMULATION.replay(Schedule.of(schedule), main);
        } catch (ScheduleFailedError e) {
            if (e.getCause() instanceof Exception thrown) {
                throw thrown;
            }
            throw e;
        }
    }
}
