package dev.weft.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cli.hostile.Behaviours;
import dev.weft.cli.hostile.HostileServer;
import dev.weft.cli.keep.FileNames;
import dev.weft.diagnostics.TinyJson;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One fetch of many URLs with a journal and a folder, which is killed again and again and resumed each time; after each
 * kill, everything that it has left is looked at. Needs a server and an empty folder of its own.
 */
final class KilledFetch {

    private static final int URLS = 240;
    private static final int PATIENCE_SECONDS = 60;

    /** How the program is told to stop, and what it exits with then; it is not asked in the last case. */
    enum Signal {
        INT(130),
        TERM(143),
        KILL(137);

        private final int exitCode;

        Signal(int exitCode) {
            this.exitCode = exitCode;
        }
    }

    private final HostileServer server;
    private final Path folder;
    private final Path list;
    private final Path journal;
    private final Path bodies;
    private final List<String> program;
    private final Random random;
    private final Map<String, String> contents = new HashMap<>();
    private final StringBuilder moments = new StringBuilder();

    /** @param program what starts weft */
    KilledFetch(HostileServer server, Path folder, List<String> program, long seed) throws IOException {
        this.server = server;
        this.folder = folder;
        this.list = folder.resolve("urls.txt");
        this.journal = folder.resolve("journal");
        this.bodies = folder.resolve("bodies");
        this.program = program;
        this.random = new Random(seed);
        moments.append("seed ").append(seed).append(": ");
        var urls = IntStream.range(0, URLS).mapToObj(this::url).toList();
        Files.write(list, urls);
    }

    private String url(int i) {
        var path = (i % 3 == 0 ? "/halves/" : "/ok/") + i;
        var size = 200 + random.nextInt(60_000);
        var url = server.url(path + "?delay=" + random.nextInt(60) + "&size=" + size);
        contents.put(url, Behaviours.content(path, size));
        return url;
    }

    /** Runs it, and kills it at some moment, unless it is done before. @return whether it was killed */
    boolean killAtSomeMoment(Signal signal) throws Exception {
        var before = done();
        if (before.size() == URLS) {
            return false;
        }
        var asked = server.asked();
        var most = server.log().requests() + random.nextInt(URLS - before.size());
        var process = start();
        if (random.nextInt(6) == 0) {
            process.waitFor(random.nextInt(600), TimeUnit.MILLISECONDS); // while it starts
        } else {
            while (server.log().requests() < most && !process.waitFor(1, TimeUnit.MILLISECONDS)) {
                // on to the moment
            }
            process.waitFor(random.nextInt(20), TimeUnit.MILLISECONDS);
        }
        moments.append(signal)
                .append(" at request ")
                .append(server.log().requests())
                .append("; ");
        assertThat(new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                        .start()
                        .waitFor())
                .as(this::toString)
                .isBetween(0, 1); // it may have ended
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as(this::toString)
                .isTrue();
        if (!diedUnborn(process)) {
            assertThat(process.exitValue()).as(this::toString).isIn(0, signal.exitCode);
        }
        lookAtReport(signal, process.exitValue(), before);
        lookAtBodies();
        assertNobodyAskedAgain(asked, before);
        return process.exitValue() != 0;
    }

    /** Runs it to its end, and looks whether all is there. */
    void complete() throws Exception {
        var before = done();
        var asked = server.asked();
        var process = start();
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as(this::toString)
                .isTrue();
        assertThat(process.exitValue())
                .as(() -> this + read(folder.resolve("err")) + read(folder.resolve("out")))
                .isZero();
        assertNobodyAskedAgain(asked, before);
        assertThat(done()).as(this::toString).isEqualTo(contents.keySet());
        var records = report(true);
        assertThat(records.getLast()).containsEntry("ok", (long) URLS).containsEntry("total", (long) URLS);
        assertThat(urls(records)).as(this::toString).containsExactlyInAnyOrderElementsOf(contents.keySet());
        lookAtBodies();
        assertThat(bodies).as(this::toString).isDirectoryNotContaining("glob:.*");
        for (var url : contents.keySet()) {
            assertThat(file(url)).as(this::toString).exists();
        }
    }

    /** The JDK itself fails when a signal comes while its virtual machine begins: there is no program yet. */
    private boolean diedUnborn(Process process) {
        return process.exitValue() == 1 && read(folder.resolve("err")).contains("initialization of VM");
    }

    private Process start() throws IOException {
        var command = new ArrayList<>(List.of("env", "--default-signal=INT"));
        command.addAll(program);
        command.addAll(List.of("fetch", "--format", "ndjson", "--per-host", "8"));
        command.addAll(List.of("-i", list.toString(), "--resume", journal.toString(), "--output", bodies.toString()));
        return new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
    }

    /** Who was asked to stop has said everything, unless he had not begun. Who was not has said nothing wrong. */
    private void lookAtReport(Signal signal, int exitCode, Set<String> before) throws IOException {
        var records = report(signal != Signal.KILL);
        var urls = urls(records);
        assertThat(urls).as(this::toString).doesNotHaveDuplicates().isSubsetOf(contents.keySet());
        assertThat(done()).as(this::toString).containsAll(ok(records));
        if (signal == Signal.KILL && exitCode != 0) {
            return;
        }
        if (records.isEmpty()) {
            assertThat(done()).as(this::toString).isEqualTo(before);
            return;
        }
        if (records.getLast().get("hint") instanceof String hint && hint.contains("not read to their end")) {
            assertThat(records.getLast()).containsEntry("total", (long) urls.size());
            return;
        }
        assertThat(urls).as(this::toString).hasSize(URLS);
        assertThat(records.getLast()).containsEntry("total", (long) URLS);
        assertThat(done()).as(() -> "in the journal: " + this).containsExactlyInAnyOrderElementsOf(ok(records));
    }

    private static List<String> ok(List<Map<String, Object>> records) {
        return records.stream()
                .filter(record -> "ok".equals(record.get("outcome")))
                .map(record -> record.get("url").toString())
                .toList();
    }

    private List<Map<String, Object>> report(boolean whole) throws IOException {
        return records(folder.resolve("out"), whole);
    }

    /** Each line is JSON; only of a process that was not asked may the last one be half a line. */
    private List<Map<String, Object>> records(Path file, boolean whole) throws IOException {
        var text = Files.exists(file) ? Files.readString(file, UTF_8) : "";
        var end = text.lastIndexOf('\n') + 1;
        if (whole) {
            assertThat(text.substring(end)).as(this::toString).isEmpty();
        }
        return text.substring(0, end).lines().map(TinyJson::object).toList();
    }

    private static List<String> urls(List<Map<String, Object>> records) {
        return records.stream()
                .filter(record -> "result".equals(record.get("type")))
                .map(record -> record.get("url").toString())
                .toList();
    }

    /** What the journal holds. */
    private Set<String> done() throws IOException {
        var done = new HashSet<String>();
        for (var record : records(journal, false)) {
            if (record.containsKey("uri")) {
                assertThat(done.add(record.get("uri").toString()))
                        .as(() -> "twice in the journal: " + record)
                        .isTrue();
            }
        }
        assertThat(contents.keySet()).containsAll(done);
        return done;
    }

    /** What stands in its place is whole; what the journal holds stands there. */
    private void lookAtBodies() throws IOException {
        for (var url : done()) {
            assertThat(file(url)).as(this::toString).exists();
        }
        for (var url : contents.keySet()) {
            var found = body(url);
            assertThat(found == null || found.equals(contents.get(url)))
                    .as(() -> "the body of " + url + ": " + this)
                    .isTrue();
        }
    }

    private @Nullable String body(String url) throws IOException {
        return Files.exists(file(url)) ? Files.readString(file(url), UTF_8) : null;
    }

    private Path file(String url) {
        return bodies.resolve(FileNames.of(URI.create(url)));
    }

    private void assertNobodyAskedAgain(Map<String, Integer> asked, Set<String> done) {
        var again = askedSince(asked);
        again.retainAll(done);
        assertThat(again).as(() -> "asked again: " + this).isEmpty();
    }

    private Set<String> askedSince(Map<String, Integer> before) {
        var since = new HashSet<String>();
        server.asked().forEach((url, count) -> {
            if (count > before.getOrDefault(url, 0)) {
                since.add("http://" + url);
            }
        });
        return since;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** What has happened so far. */
    @Override
    public String toString() {
        return moments + "in " + folder;
    }
}
