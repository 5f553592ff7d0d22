package dev.weft.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Measures what a look costs, and asserts nothing: how long {@code weft ps} takes from its start as a process to its
 * end; for how long at a time the JVM that is looked into stood still, by its own log; and for how long at a time a
 * thread in it did not get its turn, which on a busy machine has other reasons too. docs/ps.md has the figures.
 */
class InspectCost {

    private static final int TASKS = 10_000;
    private static final int LOOKS = 10;
    private static final Pattern TOTAL = Pattern.compile("Total: +(\\d+) ns");

    @Test
    void measure(@TempDir Path folder) throws Exception {
        var log = folder.resolve("safepoints.log");
        try (var target = InspectedJvm.process(
                        System.getProperty("java.home") + "/bin/java",
                        "-Xlog:safepoint:file=" + log,
                        "-cp",
                        System.getProperty("java.class.path"),
                        InspectedProgram.class.getName(),
                        "sleepers",
                        String.valueOf(TASKS))
                .ready()) {
            target.ask("tick");
            var without = new ArrayList<Long>();
            for (var i = 0; i < LOOKS; i++) {
                target.ask("gap");
                Thread.sleep(1_500);
                without.add(Long.parseLong(target.ask("gap")));
            }
            var took = new ArrayList<Long>();
            var with = new ArrayList<Long>();
            var stops = new ArrayList<Long>();
            for (var i = 0; i < LOOKS; i++) {
                target.ask("gap");
                var before = Files.readAllLines(log).size();
                var start = System.nanoTime();
                look(target.pid());
                took.add((System.nanoTime() - start) / 1_000);
                with.add(Long.parseLong(target.ask("gap")));
                stops.add(longestStop(Files.readAllLines(log).stream().skip(before)));
            }
            System.out.printf("%,d tasks, %d looks, in ms, in their order%n", TASKS, LOOKS);
            System.out.println("weft ps, start to end:            " + millis(took));
            System.out.println("longest stop, while it looked:    " + millis(stops));
            System.out.println("longest gap, while it looked:     " + millis(with));
            System.out.println("longest gap, while nobody looked: " + millis(without));
        }
    }

    private static long longestStop(Stream<String> log) {
        return log.map(TOTAL::matcher)
                .filter(Matcher::find)
                .mapToLong(total -> Long.parseLong(total.group(1)) / 1_000)
                .max()
                .orElse(0);
    }

    private static void look(String pid) throws Exception {
        var weft = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "ps",
                        pid,
                        "--format",
                        "json")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (weft.waitFor() != 0) {
            throw new AssertionError("weft ps failed");
        }
    }

    private static String millis(List<Long> micros) {
        return micros.stream()
                .map(each -> String.format("%7.1f", each / 1000.0))
                .toList()
                .toString();
    }
}
