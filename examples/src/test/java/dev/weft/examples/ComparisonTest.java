package dev.weft.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** That the comparison finds what it is there to find. */
class ComparisonTest {

    static Stream<Arguments> everywhere() {
        return Transcript.all().stream()
                .flatMap(transcript -> Stream.of(Mode.values()).map(mode -> Arguments.of(transcript, mode)));
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void difference_transcriptItself_isNone(Transcript transcript, Mode mode) {
        assertThat(Comparison.difference(transcript, mode, transcript.lines())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void difference_oneLineChangedMissingOrAdded_isFound(Transcript transcript, Mode mode) {
        for (var i = 0; i < transcript.lines().size(); i++) {
            var changed = new ArrayList<>(transcript.lines());
            changed.set(i, changed.get(i) + "x");
            assertThat(Comparison.difference(transcript, mode, changed))
                    .as("line %s changed", i + 1)
                    .isPresent();

            var missing = new ArrayList<>(transcript.lines());
            missing.remove(i);
            assertThat(Comparison.difference(transcript, mode, missing))
                    .as("line %s missing", i + 1)
                    .isPresent();

            var added = new ArrayList<>(transcript.lines());
            added.add(i, added.get(i));
            assertThat(Comparison.difference(transcript, mode, added))
                    .as("line %s twice", i + 1)
                    .isPresent();
        }
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void difference_twoLinesSwapped_isFoundUnlessListedAsUnordered(Transcript transcript, Mode mode) {
        var let = new ArrayList<Integer>();
        for (var i = 1; i < transcript.lines().size(); i++) {
            var swapped = new ArrayList<>(transcript.lines());
            Collections.swap(swapped, i - 1, i);
            if (!swapped.equals(transcript.lines())
                    && Comparison.difference(transcript, mode, swapped).isEmpty()) {
                let.add(i);
            }
        }
        var parallel = mode == Mode.PARALLEL;
        assertThat(let)
                .as("lines that may swap with the next one")
                .isEqualTo(
                        switch (transcript.number()) {
                            case 1, 6 -> parallel ? List.of(1, 2) : List.of();
                            case 4 -> parallel ? List.of(1) : List.of();
                            case 7 -> List.of(2, 3);
                            case 16 -> List.of(1, 2, 3, 4, 5, 6, 7, 8, 9);
                            default -> List.of();
                        });
    }

    @Test
    void difference_aListInAnotherOrder_isFound() {
        assertFound(1, 7, "Results: [Result from B, Result from A, Result from C]");
        assertFound(20, 4, "both tasks have completed now: [0.1, 0.2, 0.3]");
        assertFound(22, 4, "0.3 0.2 0.1");
    }

    @Test
    void difference_aSetInAnotherOrder_isNone() {
        assertNone(29, 4, "[" + task("result=0") + ", " + task("result=1") + ", " + task("result=2") + "]");
        assertNone(32, 6, "[0.3, java.lang.IllegalArgumentException: Error, 0.1]");
    }

    @Test
    void difference_aSetWithOtherElements_isFound() {
        assertFound(29, 4, "[" + task("result=0") + ", " + task("result=1") + ", " + task("result=1") + "]");
        assertFound(29, 4, "[" + task("result=0") + ", " + task("result=1") + "]");
        assertFound(31, 4, "[" + task("result=2") + "]");
        assertFound(32, 6, "[0.3, java.lang.IllegalStateException: Error, 0.1]");
        assertFound(32, 6, "[0.3, java.lang.IllegalArgumentException: Other, 0.1]");
    }

    @Test
    void difference_javasNotation_isNone() {
        assertNone(1, 7, "Results: [Result from A, Result from B, Result from C]");
        assertNone(13, 1, "(exit status 1: TimeoutException)");
        assertNone(29, 5, "[]");
        assertNone(31, 4, "[<Task pending name=Task-12 waiting for=sleep>]");
    }

    @Test
    void difference_delayOutOfRange_isFound() {
        assertFound(16, 1, "✓ https://example.com/page/0 (2.51s)");
        assertNone(16, 1, "✓ https://example.com/page/0 (2.50s)");
    }

    private static String task(String result) {
        return "<Task finished name=Task-7 " + result + ">";
    }

    private static void assertFound(int number, int line, String text) {
        assertThat(differenceWithLine(number, line, text)).isPresent();
    }

    private static void assertNone(int number, int line, String text) {
        assertThat(differenceWithLine(number, line, text)).isEmpty();
    }

    private static Optional<String> differenceWithLine(int number, int line, String text) {
        var transcript = Transcript.all().get(number - 1);
        var lines = new ArrayList<>(transcript.lines());
        lines.set(line - 1, text);
        return Comparison.difference(transcript, Mode.EVENT_LOOP, lines);
    }
}
