package dev.weft.benchmarks.cluster;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The lines that a member and the program that has started it say to each other. */
final class Lines {

    static final Charset CHARSET = StandardCharsets.UTF_8;

    private static final PrintStream OUT = new PrintStream(new FileOutputStream(FileDescriptor.out), true, CHARSET);

    /**
     * One line of a member.
     *
     * @param micros when it was said, by the clock of the machine
     */
    record Said(long micros, String text) {

        /** The opposite of {@link #say}. */
        static Said of(String line) {
            var space = line.indexOf(' ');
            return new Said(Long.parseLong(line.substring(0, space)), line.substring(space + 1));
        }
    }

    private Lines() {}

    /** The time of the machine's clock, the same for all its processes. */
    static long micros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    /** Says a line, with the time. */
    static synchronized void say(String text) {
        OUT.println(micros() + " " + text.replaceAll("\\s+", " "));
    }

    /** The figures as text. */
    static String text(List<Double> figures) {
        return figures.stream().map(String::valueOf).collect(Collectors.joining(" "));
    }

    /** The opposite of {@link #text}. */
    static List<Double> figures(String text) {
        return Stream.of(text.split(" ")).map(Double::valueOf).toList();
    }
}
