package dev.weft.examples;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Compares what a program printed with its transcript: line by line, but for the notation of values, and for such order
 * as nothing decides, which is listed here program by program.
 */
final class Comparison {

    private Comparison() {}

    /** Lines of a transcript, counted from 1. */
    private record Range(int first, int last) {
        List<String> in(List<String> lines) {
            return lines.subList(first - 1, last);
        }
    }

    /** Lines that come at the same instant: the event loop decides their order, the parallel runtime does not. */
    private static List<Range> sameInstant(Transcript transcript) {
        return switch (transcript.number()) {
            case 1, 6 -> List.of(new Range(1, 3)); // three tasks start
            case 4 -> List.of(new Range(1, 2)); // main goes on while its task starts
            default -> List.of();
        };
    }

    /** Lines that the original prints in a loop over a set. */
    private static List<Range> fromSet(Transcript transcript) {
        return switch (transcript.number()) {
            case 7 -> List.of(new Range(2, 4));
            case 16 -> List.of(new Range(1, 10));
            default -> List.of();
        };
    }

    /** Lines that each print a set, or a list made of one. */
    private static List<Integer> setInLine(Transcript transcript) {
        return switch (transcript.number()) {
            case 29 -> List.of(4);
            case 31 -> List.of(3);
            case 32 -> List.of(6, 15);
            default -> List.of();
        };
    }

    /** What is different, for a reader; empty if nothing is. */
    static Optional<String> difference(Transcript transcript, Mode mode, List<String> printed) {
        var expected = canonical(transcript, mode, transcript.lines());
        var actual = canonical(transcript, mode, printed);
        return expected.equals(actual)
                ? Optional.empty()
                : Optional.of(transcript + " on the runtime \"" + mode + "\", - as in the transcript, + as printed:\n"
                        + sideBySide(expected, actual));
    }

    private static List<String> canonical(Transcript transcript, Mode mode, List<String> lines) {
        var canonical = lines.stream().map(Comparison::normalise).collect(Collectors.toCollection(ArrayList::new));
        if (lines.size() != transcript.lines().size()) {
            return canonical;
        }
        for (var line : setInLine(transcript)) {
            canonical.set(line - 1, sortElements(canonical.get(line - 1)));
        }
        for (var range : fromSet(transcript)) {
            range.in(canonical).sort(null);
        }
        if (mode == Mode.PARALLEL) {
            for (var range : sameInstant(transcript)) {
                range.in(canonical).sort(null);
            }
        }
        return canonical;
    }

    /**
     * The form that Python's and Java's notation of a value have in common. Touches neither words nor numbers nor
     * order, with two exceptions: a task's number and what it waits for, which Python's transcripts leave out, and the
     * random delays of program 16, which have to be between 0.50 and 2.50 s.
     */
    static String normalise(String line) {
        return line
                // an exception's repr, ValueError('Error')
                .replaceAll("java\\.lang\\.IllegalArgumentException: ([^],]*)", "ValueError($1)")
                .replaceAll("^\\(exit status 1: TimeoutError\\)$", "(exit status 1: TimeoutException)")
                // a string in a list, ['a', 'b']
                .replaceAll("(?<=[\\[( ])'([^']*)'(?=[]),])", "$1")
                // a set, {a, b}
                .replaceAll("^set\\(\\)$", "[]")
                .replaceAll("^\\{(.*)}$", "[$1]")
                // a task, <Task finished result=1>
                .replaceAll("<Task finished name=Task-\\d+ ", "<Task finished ")
                .replaceAll("<Task pending name=Task-\\d+ waiting for=sleep>", "<Task pending>")
                .replaceAll("^(✓ .*) \\((0\\.[5-9]\\d|1\\.\\d\\d|2\\.[0-4]\\d|2\\.50)s\\)$", "$1 (random)");
    }

    private static String sortElements(String list) {
        if (!list.startsWith("[") || !list.endsWith("]")) {
            return list;
        }
        return Arrays.stream(list.substring(1, list.length() - 1).split(", "))
                .sorted()
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static String sideBySide(List<String> expected, List<String> actual) {
        var text = new StringBuilder();
        for (var i = 0; i < Math.max(expected.size(), actual.size()); i++) {
            var wanted = i < expected.size() ? expected.get(i) : null;
            var got = i < actual.size() ? actual.get(i) : null;
            if (wanted != null && wanted.equals(got)) {
                text.append("    ").append(got).append('\n');
            } else {
                text.append(wanted == null ? "" : "  - " + wanted + "\n")
                        .append(got == null ? "" : "  + " + got + "\n");
            }
        }
        return text.toString();
    }
}
