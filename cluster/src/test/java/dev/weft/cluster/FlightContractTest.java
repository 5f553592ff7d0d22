package dev.weft.cluster;

import static dev.weft.Weft.createTask;
import static dev.weft.Weft.run;
import static dev.weft.Weft.settle;
import static dev.weft.Weft.sleep;
import static dev.weft.cluster.SimulatedCluster.ECHO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Weft;
import dev.weft.sync.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlightContractTest {

    @TempDir
    Path folder;

    private interface Program {
        void run() throws Exception;
    }

    private List<RecordedEvent> record(boolean isWanted, Program program) throws Exception {
        var file = folder.resolve("x.jfr");
        try (var recording = new Recording()) {
            if (isWanted) {
                recording.enable("dev.weft.RemoteCall");
            } else {
                recording.disable("dev.weft.RemoteCall");
            }
            recording.start();
            program.run();
            recording.stop();
            recording.dump(file);
        }
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().equals("dev.weft.RemoteCall"))
                .toList();
    }

    private static Map<String, RecordedEvent> side(List<RecordedEvent> events, String side) {
        return events.stream()
                .filter(event -> event.getString("side").equals(side))
                .collect(Collectors.toMap(event -> event.getString("call"), event -> event));
    }

    private static void play() throws Exception {
        run(() -> {
            var begun = new Event();
            try (var m = TestMembers.open(b -> b.name("m").local(true).limit(5).serve(ECHO, text -> {
                switch (text) {
                    case "fail" -> throw new IOException(text);
                    case "long" -> {
                        begun.set();
                        sleep(Weft.FOREVER);
                    }
                    default -> Files.exists(Path.of(text));
                }
                return text;
            }))) {
                createTask("asker", () -> m.call(ECHO, "ok")).await();
                settle(() -> m.call(ECHO, "fail"));
                var cancelled = createTask(() -> m.call(ECHO, "long"));
                begun.await();
                cancelled.cancel();
                settle(cancelled);
            }
        });
    }

    @Test
    void cl48_callIsRecorded_onBothSides() throws Exception {
        var events = record(true, FlightContractTest::play);
        var callers = side(events, "caller");
        var members = side(events, "member");
        assertThat(callers).hasSize(3);
        assertThat(members.keySet()).isEqualTo(callers.keySet());
        callers.forEach((call, caller) -> {
            var member = members.get(call);
            for (var event : List.of(caller, member)) {
                assertThat(event.getString("handler")).isEqualTo("echo");
                assertThat(event.getString("caller")).startsWith("m (");
                assertThat(event.getString("member")).isEqualTo(event.getString("caller"));
                assertThat(event.getInt("attempt")).isOne();
            }
            assertThat(member.getString("outcome")).isEqualTo(caller.getString("outcome"));
            assertThat(member.getString("task")).startsWith("echo#").endsWith(" for m");
            assertThat(caller.getDuration("queued")).isBetween(Duration.ZERO, caller.getDuration());
            assertThat(member.getStartTime()).isBetween(caller.getStartTime(), caller.getEndTime());
        });
        assertThat(callers.values())
                .extracting(event -> event.getString("outcome"))
                .containsExactlyInAnyOrder("ok", "failed", "cancelled");
        assertThat(callers.values())
                .extracting(event -> event.getString("task"))
                .contains("asker");
    }

    @Test
    void cl48_callIsNotRecorded_whereNobodyWantsIt() throws Exception {
        assertThat(record(false, FlightContractTest::play)).isEmpty();
    }
}
