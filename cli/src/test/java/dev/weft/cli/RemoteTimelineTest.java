package dev.weft.cli;

import static dev.weft.Weft.gather;
import static dev.weft.Weft.run;
import static dev.weft.Weft.sleep;
import static dev.weft.cli.Ran.weft;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Task;
import dev.weft.Weft;
import dev.weft.diagnostics.TinyJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import jdk.jfr.Event;
import jdk.jfr.Name;
import jdk.jfr.Recording;
import jdk.jfr.Timespan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code weft timeline} with calls between members. */
class RemoteTimelineTest {

    @TempDir
    Path folder;

    /** As {@code weft-cluster} writes it. */
    @Name("dev.weft.RemoteCall")
    static class RemoteCall extends Event {
        String side;
        String call;
        String handler = "size";
        String caller = "c1 (c1c1c1c1)";
        String member = "w1 (a1f3c2d4)";
        String task;
        int attempt = 1;
        String outcome = "ok";

        @Timespan
        long queued;

        static RemoteCall begin(String side, String call) {
            var event = new RemoteCall();
            event.begin();
            event.side = side;
            event.call = call;
            event.task = Weft.currentTask().map(Task::name).orElse("");
            return event;
        }
    }

    private interface Program {
        void run() throws Exception;
    }

    private Path record(String name, Program program) throws Exception {
        var file = folder.resolve(name);
        try (var recording = new Recording()) {
            recording.enable("dev.weft.Task").withThreshold(Duration.ZERO);
            recording.enable("dev.weft.RemoteCall");
            recording.start();
            program.run();
            recording.stop();
            recording.dump(file);
        }
        return file;
    }

    private static void member(String call, String outcome) throws Exception {
        Weft.createTask("size#" + call + " for c1", () -> {
                    var event = RemoteCall.begin("member", call);
                    sleep(Duration.ofMillis(5));
                    event.outcome = outcome;
                    event.commit();
                })
                .await();
    }

    private static void caller(String call, String outcome, Program meanwhile) throws Exception {
        Weft.createTask("asks " + call, () -> {
                    var event = RemoteCall.begin("caller", call);
                    sleep(Duration.ofMillis(10));
                    event.queued = 5_000_000;
                    meanwhile.run();
                    event.outcome = outcome;
                    event.commit();
                })
                .await();
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> lanes(Map<String, Object> data) {
        return (List<Map<String, Object>>) data.get("lanes");
    }

    private static Map<String, Object> data(Path page) throws Exception {
        var text = Files.readString(page);
        var begin = text.indexOf("id=\"data\">") + "id=\"data\">".length();
        return TinyJson.object(text.substring(begin, text.indexOf("</script>", begin)));
    }

    private static Map<String, Object> named(List<Map<String, Object>> lanes, String name) {
        return lanes.stream()
                .filter(lane -> lane.get("name").equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " in " + lanes));
    }

    @Test
    void cl48_bothSidesInOneRecording_theHandlerStandsBelowItsCall() throws Exception {
        var file = record(
                "app.jfr",
                () -> run(() -> gather(
                        () -> caller("1", "ok", () -> member("1", "ok")),
                        () -> caller("2", "expired", () -> member("2", "cancelled")),
                        () -> caller("3", "lost", () -> {}))));
        assertThat(weft("timeline", file.toString()).exitCode()).isZero();
        var lanes = lanes(data(folder.resolve("app.html")));
        var asks = named(lanes, "asks 1").get("id");
        var call = lanes.stream()
                .filter(lane -> lane.get("name").equals("size on w1 (a1f3c2d4)") && asks.equals(lane.get("parent")))
                .findFirst()
                .orElseThrow();
        assertThat(call).containsEntry("state", "success");
        assertThat(String.valueOf(call.get("spans"))).contains("waits for a place");
        assertThat(String.valueOf(call.get("facts"))).contains("Attempts", "Waited for a place");
        assertThat(named(lanes, "size#1 for c1")).containsEntry("parent", call.get("id"));
        assertThat(lanes)
                .filteredOn(lane -> lane.get("name").equals("size on w1 (a1f3c2d4)"))
                .hasSize(3)
                .extracting(lane -> lane.get("word"))
                .containsExactlyInAnyOrder(null, "expired", "lost");
    }

    @Test
    void cl48_severalRecordings_areOnOneTime_byTheCallsBetweenThem() throws Exception {
        // one after the other: as if the member's clock were ahead by about the time between them
        var caller = record("caller.jfr", () -> run(() -> caller("1", "ok", () -> sleep(Duration.ofMillis(20)))));
        sleep(Duration.ofMillis(200));
        var member = record("w1.jfr", () -> run(() -> member("1", "ok")));
        assertThat(weft("timeline", caller.toString(), member.toString()).exitCode())
                .isZero();
        var data = data(folder.resolve("caller.html"));
        assertThat((String) data.get("title")).isEqualTo("caller.jfr, w1.jfr");
        assertThat((String) data.get("subtitle")).contains("clock of w1.jfr: ", " ahead, ±");
        var lanes = lanes(data);
        var call = named(lanes, "size on w1 (a1f3c2d4)");
        var handler = named(lanes, "size#1 for c1");
        assertThat(handler).containsEntry("parent", call.get("id"));
        assertThat((Long) handler.get("from")).isGreaterThanOrEqualTo((Long) call.get("from"));
        assertThat((Long) handler.get("to")).isLessThanOrEqualTo((Long) call.get("to"));
        assertThat(named(lanes, "caller.jfr")).containsEntry("role", "owner");
        assertThat(named(lanes, "w1.jfr")).containsEntry("role", "owner");
    }

    @Test
    void cl48_recordingsThatNoCallConnects_standBesideEachOther() throws Exception {
        var one = record("one.jfr", () -> run(() -> caller("1", "ok", () -> {})));
        var other = record("two.jfr", () -> run(() -> member("2", "ok")));
        assertThat(weft("timeline", one.toString(), other.toString(), "--svg").exitCode())
                .isZero();
        assertThat(Files.readString(folder.resolve("one.svg"))).contains("size#2 for c1");
        var ran = weft("timeline", one.toString(), folder.resolve("none.jfr").toString());
        assertThat(ran.err()).contains("there is no file", "none.jfr");
        assertThat(ran.exitCode()).isEqualTo(2);
    }
}
