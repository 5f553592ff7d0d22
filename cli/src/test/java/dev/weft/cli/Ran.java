package dev.weft.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weft.cli.console.StandardIo;
import dev.weft.cli.model.Stopwatch;
import dev.weft.diagnostics.TinyJson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A run of the program within this process, and what came of it. */
record Ran(int exitCode, String out, String err, Duration took) {

    private static final String ALSO_IN = " is also in ";

    static Ran weft(String... arguments) {
        return weftWith("", arguments);
    }

    static Ran weftWith(String standardInput, String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var io = new StandardIo(
                new ByteArrayInputStream(standardInput.getBytes(UTF_8)), out, err, Map.of(), false, false);
        var stopwatch = Stopwatch.start();
        var exitCode = new Program(io).run(arguments);
        return new Ran(exitCode, out.toString(UTF_8), err.toString(UTF_8), stopwatch.elapsed());
    }

    /** {@code weft ps} and the like, with the time that the process needs to answer on a busy machine. */
    static Ran look(String command, String pid, String... options) {
        return weft(Stream.concat(Stream.of(command, pid, "--timeout", "1m"), Stream.of(options))
                .toArray(String[]::new));
    }

    /** {@code weft fetch}, with its results as ndjson. */
    static Ran fetch(String... arguments) {
        return weft(Stream.concat(Stream.of("fetch", "--format", "ndjson"), Stream.of(arguments))
                .toArray(String[]::new));
    }

    /** All records of ndjson but the last. */
    List<Map<String, Object>> results() {
        var records = out.lines().map(TinyJson::object).toList();
        return records.subList(0, records.size() - 1);
    }

    /** The last record of ndjson. */
    Map<String, Object> summary() {
        return TinyJson.object(out.lines().toList().getLast());
    }

    Map<String, Object> result(String url) {
        var found = results().stream()
                .filter(result -> result.get("url").equals(url))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " results for " + url + " in " + out);
        }
        return found.getFirst();
    }

    /** How many results there are of each outcome, counted line by line. */
    Map<Object, Long> outcomes() {
        return results().stream()
                .collect(Collectors.groupingBy(result -> result.get("outcome"), Collectors.counting()));
    }

    /** Where {@code url} stands: in its result, or told at the end, where the result came before the place was read. */
    List<Object> places(String url) {
        var late = err.lines()
                .filter(line -> line.contains(url + ALSO_IN))
                .flatMap(line -> Stream.of(
                        line.substring(line.indexOf(ALSO_IN) + ALSO_IN.length()).split(", ")));
        return Stream.concat(((List<?>) result(url).get("from")).stream(), late).collect(Collectors.toList());
    }

    /** What standard error has beside {@linkplain #places places}. */
    List<String> notes() {
        return err.lines().filter(line -> !line.contains(ALSO_IN)).toList();
    }
}
