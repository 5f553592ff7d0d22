package dev.weft.cli;

import static dev.weft.Weft.gather;
import static dev.weft.Weft.run;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.taskGroup;
import static dev.weft.Weft.timeout;
import static dev.weft.cli.Ran.weft;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ExceptionGroup;
import dev.weft.cli.console.StandardIo;
import dev.weft.diagnostics.TinyJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code weft timeline}, and {@code weft fetch --timeline}. */
class TimelineTest {

    @TempDir
    Path folder;

    private interface Program {
        void run() throws Exception;
    }

    private Path record(Program program) throws Exception {
        var file = folder.resolve("app.jfr");
        try (var recording = new Recording()) {
            recording.enable("dev.weft.Task").withThreshold(Duration.ZERO);
            recording.enable("dev.weft.Wait").withThreshold(Duration.ZERO);
            recording.start();
            program.run();
            recording.stop();
            recording.dump(file);
        }
        return file;
    }

    private Path recordSome() throws Exception {
        return record(() -> run(() -> {
            try {
                timeout(Duration.ofMillis(30), () -> gather(() -> nap(1), () -> nap(60_000)));
            } catch (TimeoutException e) {
                // as expected
            }
            try {
                taskGroup(group -> {
                    var begun = new CountDownLatch(1);
                    group.createTask("slow", () -> {
                        begun.countDown();
                        return nap(60_000);
                    });
                    group.createTask("bad", () -> {
                        begun.await();
                        throw new IllegalStateException("</script><b>boom");
                    });
                });
            } catch (ExceptionGroup e) {
                // as expected
            }
            return null;
        }));
    }

    private static int nap(int millis) throws InterruptedException {
        sleep(Duration.ofMillis(millis));
        return millis;
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> lanes(String page) {
        return (List<Map<String, Object>>) data(page).get("lanes");
    }

    private static Map<String, Object> data(String page) {
        var begin = page.indexOf("id=\"data\">") + "id=\"data\">".length();
        return TinyJson.object(page.substring(begin, page.indexOf("</script>", begin)));
    }

    private static Map<String, Object> named(List<Map<String, Object>> lanes, String name) {
        return lanes.stream()
                .filter(lane -> lane.get("name").equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void recording_becomesAPage_withTheTasksUnderTheirOwners() throws Exception {
        var recording = recordSome();
        var ran = weft("timeline", recording.toString());
        assertThat(ran.err()).contains("app.html");
        assertThat(ran.exitCode()).isZero();
        var page = Files.readString(folder.resolve("app.html"));
        var lanes = lanes(page);
        assertThat(lanes).hasSize(5);
        var main = lanes.getFirst();
        assertThat(main).containsEntry("depth", 0L).containsEntry("state", "success");
        assertThat(lanes.subList(1, 5)).allSatisfy(lane -> {
            assertThat(lane).containsEntry("parent", main.get("id")).containsEntry("depth", 1L);
            assertThat((Long) lane.get("from")).isGreaterThanOrEqualTo((Long) main.get("from"));
            assertThat((Long) lane.get("to")).isLessThanOrEqualTo((Long) main.get("to"));
        });
        assertThat(named(lanes, "bad")).containsEntry("state", "failure");
        assertThat(named(lanes, "slow")).containsEntry("state", "cancelled");
        assertThat(String.valueOf(named(lanes, "slow").get("facts"))).contains("in the group");
        assertThat(String.valueOf(main.get("spans"))).contains("waits for gather of 2", "waits for task group");
        assertThat(String.valueOf(data(page).get("marks"))).contains("deadline", "timeout of 30ms");
        assertThat(page)
                .doesNotContain("</script><b>")
                .doesNotContain("http://")
                .doesNotContain("src=");
    }

    @Test
    void structuredCallOnAPlainThread_hangsUnderTheThread() throws Exception {
        var recording = record(() -> gather(() -> nap(1), () -> nap(2)));
        assertThat(weft(
                                "timeline",
                                recording.toString(),
                                "-o",
                                folder.resolve("x.html").toString())
                        .exitCode())
                .isZero();
        var lanes = lanes(Files.readString(folder.resolve("x.html")));
        assertThat(lanes).hasSize(3);
        assertThat(lanes.getFirst()).containsEntry("role", "owner");
        assertThat((String) lanes.getFirst().get("name")).startsWith("thread '");
        assertThat(lanes.get(1)).containsEntry("parent", lanes.getFirst().get("id"));
    }

    @Test
    void taskThatHasNotEnded_isThereIfItsStartWasRecorded() throws Exception {
        var file = folder.resolve("app.jfr");
        run(() -> {
            try (var recording = new Recording()) {
                recording.enable("dev.weft.TaskStart");
                recording.start();
                taskGroup(group -> {
                    var begun = new CountDownLatch(1);
                    var open = group.createTask("still there", () -> {
                        begun.countDown();
                        sleep(dev.weft.Weft.FOREVER);
                    });
                    begun.await();
                    recording.stop();
                    recording.dump(file);
                    open.cancel();
                });
            }
        });
        assertThat(weft("timeline", file.toString()).exitCode()).isZero();
        var lanes = lanes(Files.readString(folder.resolve("app.html")));
        assertThat(named(lanes, "still there")).containsEntry("state", "open");
    }

    @Test
    void trace_isTraceEvents() throws Exception {
        var ran = weft("timeline", recordSome().toString(), "--format", "trace", "-o", "-");
        assertThat(ran.exitCode()).isZero();
        @SuppressWarnings("unchecked")
        var events = (List<Map<String, Object>>) TinyJson.object(ran.out()).get("traceEvents");
        assertThat(events)
                .anySatisfy(event -> assertThat(event)
                        .containsEntry("ph", "X")
                        .containsEntry("name", "bad")
                        .containsEntry("cat", "failure")
                        .containsKeys("ts", "dur", "pid", "tid"));
        assertThat(events)
                .anySatisfy(event -> assertThat(event).containsEntry("ph", "M").containsEntry("name", "thread_name"));
        assertThat(events)
                .anySatisfy(event -> assertThat(event).containsEntry("ph", "i").containsEntry("cat", "deadline"));
        for (var event : events) {
            if (event.get("ph").equals("X")) {
                assertThat((Long) event.get("ts")).isNotNegative();
                assertThat((Long) event.get("dur")).isNotNegative();
            }
        }
    }

    @Test
    void svg_isAPictureWithALanePerTask() throws Exception {
        var recording = recordSome();
        assertThat(weft("timeline", recording.toString(), "--svg").exitCode()).isZero();
        var svg = Files.readString(folder.resolve("app.svg"));
        assertThat(svg)
                .startsWith("<svg ")
                .contains("role=\"img\"", ">slow</text>", "timeout of 30ms", ">app.jfr")
                .doesNotContain("<script", "href");
        assertThat(weft("timeline", recording.toString(), "--format", "svg", "-o", "-")
                        .out())
                .isEqualTo(svg);
    }

    @Test
    void badInput_isNamedWithTheRemedy() throws Exception {
        assertWrong("there is no file", folder.resolve("none.jfr").toString());
        assertWrong("is not a file", folder.toString());
        var text =
                Files.writeString(folder.resolve("text.jfr"), "this is no recording, though it is long enough for it");
        assertWrong("cannot be read as a flight recording", text.toString());
        var whole = Files.readAllBytes(recordSome());
        var half = Files.write(folder.resolve("half.jfr"), java.util.Arrays.copyOf(whole, whole.length / 2));
        assertWrong("cannot be read as a flight recording", half.toString());
        assertWrong("no events of Weft's", record(() -> {}).toString());
        assertWrong("html, svg, trace", folder.toString(), "--format", "png");
        assertWrong("leave one of them out", folder.toString(), "--format", "trace", "--svg");
        assertThat(weft("timeline").err()).contains("RECORDING.jfr");
        assertThat(folder.resolve("half.html")).doesNotExist();
    }

    private static void assertWrong(String message, String... arguments) {
        var all = new java.util.ArrayList<>(List.of("timeline"));
        all.addAll(List.of(arguments));
        var ran = weft(all.toArray(String[]::new));
        assertThat(ran.err()).startsWith("weft timeline: ").contains(message);
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void outputThatCannotBeWritten_isSaid_andWhatWasThereStays() throws Exception {
        var recording = recordSome().toString();
        var ran = weft(
                "timeline", recording, "-o", folder.resolve("no/where.html").toString());
        assertThat(ran.exitCode()).isEqualTo(74);
        assertThat(ran.err()).contains("cannot write", "there is no folder");
        assertThat(weft("timeline", recording, "-o", folder.toString()).err()).contains("it is a folder");
        var there = Files.writeString(folder.resolve("there.html"), "old");
        assertThat(weft("timeline", recording, "-o", there.toString()).exitCode())
                .isZero();
        assertThat(Files.readString(there)).startsWith("<!DOCTYPE html>");
        try (var files = Files.list(folder)) {
            assertThat(files).noneMatch(file -> file.toString().endsWith(".part"));
        }
    }

    /** Each names the recording in another way. */
    @Test
    void outputThatIsAnInput_isRefused_andTheInputStays() throws Exception {
        var recording = recordSome();
        var before = Files.readAllBytes(recording);
        var link = Files.createSymbolicLink(folder.resolve("link.jfr"), recording);
        var hard = Files.createLink(folder.resolve("hard.jfr"), recording);
        var odd = folder.resolve("sub/../app.jfr");
        Files.createDirectory(folder.resolve("sub"));
        for (var read : List.of(recording, link, hard, odd)) {
            for (var written : List.of(recording, hard, odd)) {
                assertWrong("is read too: give another name", read.toString(), "-o", written.toString());
            }
        }
        assertWrong(
                "is read too", hard.toString(), recording.toString(), "--format", "trace", "-o", recording.toString());
        var page = Files.copy(recording, folder.resolve("app.svg"));
        assertWrong("is read too", page.toString(), "--svg", "-o", page.toString());
        assertThat(recording).hasBinaryContent(before);
        assertThat(page).hasBinaryContent(before);
    }

    /** A recording may be named as its page would be. */
    @Test
    void usualOutputThatIsAnInput_isRefusedToo() throws Exception {
        recordSome();
        var page = Files.move(folder.resolve("app.jfr"), folder.resolve("app.html"));
        var other = Files.copy(page, folder.resolve("app.jfr"));
        assertWrong("app.html is read too: give another name with -o", other.toString(), page.toString());
    }

    @Test
    void fetch_refusesATimelineThatItReads() throws Exception {
        var list = Files.writeString(folder.resolve("urls.txt"), "http://127.0.0.1:1/\n");
        var odd = folder.resolve(".").resolve("urls.txt").toString();
        for (var use : List.of(
                List.of("-i", list.toString()),
                List.of("--input=" + list),
                List.of("--links", list.toString()),
                List.of("--sitemap", list.toString()),
                List.of("-d", "@" + list, "http://127.0.0.1:1/"),
                List.of("--resume", list.toString(), "http://127.0.0.1:1/"))) {
            var all = new java.util.ArrayList<>(List.of("fetch", "--timeline", odd));
            all.addAll(use);
            var ran = weft(all.toArray(String[]::new));
            assertThat(ran.err()).contains("--timeline", "is read too: give another name");
            assertThat(ran.exitCode()).isEqualTo(2);
            assertThat(list).hasContent("http://127.0.0.1:1/");
        }
    }

    @Test
    void fetch_drawsEachUrlWithItsPhases() throws Exception {
        var page = folder.resolve("fetch.html");
        var ran = weft("fetch", "--demo", "--demo-seed", "1", "--format", "ndjson", "--timeline", page.toString());
        assertThat(ran.exitCode()).isEqualTo(124);
        var lanes = lanes(Files.readString(page));
        assertThat(lanes).filteredOn(lane -> !lane.containsKey("role")).hasSize(10);
        for (var result : ran.results()) {
            var lane = named(lanes, (String) result.get("url"));
            assertThat(lane).containsEntry("word", result.get("outcome"));
        }
        assertThat(lanes)
                .filteredOn(lane -> "ok".equals(lane.get("word")))
                .isNotEmpty()
                .allSatisfy(lane -> assertThat(String.valueOf(lane.get("spans")))
                        .contains("waits for an answer", "reads the body"));
        assertThat(String.valueOf(data(Files.readString(page)).get("marks"))).contains("deadline", "had not ended");
    }

    @Test
    void fetch_thatCannotWriteItsTimeline_isRefusedBeforeItBegins() {
        var ran = weft(
                "fetch", "--demo", "--timeline", folder.resolve("no/where.html").toString());
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).contains("--timeline", "there is no folder");
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void readerThatHasGone_isToldByTheExitCodeAlone() throws Exception {
        var out = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        var err = new ByteArrayOutputStream();
        var io = new StandardIo(InputStream.nullInputStream(), out, err, Map.of(), false, false);
        var code = new dev.weft.cli.Program(io).run("timeline", recordSome().toString(), "-o", "-");
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(code).isEqualTo(141);
    }

    @Test
    void damagedRecording_isWrongUsage_howeverTheParserFails() throws Exception {
        var file = recordSome();
        // each byte is a character, and back
        var text = Files.readString(file, StandardCharsets.ISO_8859_1);
        Files.writeString(
                file,
                text.replace("jdk.SymbolTableStatistics", "jdk.Sym*olTableStatistics"),
                StandardCharsets.ISO_8859_1);
        var ran = weft("timeline", file.toString());
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).contains("cannot be read as a flight recording");
    }

    @Test
    void emptyNames_areWrongUsage() {
        assertThat(weft("timeline", "").err()).contains("'' is no name");
        assertThat(weft("timeline", "a.jfr", "-o", "").err()).contains("'' is no name");
        assertThat(weft("man-pages", "").err()).contains("'' is no name");
    }
}
