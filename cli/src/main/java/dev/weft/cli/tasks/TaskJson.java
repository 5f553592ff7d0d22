package dev.weft.cli.tasks;

import dev.weft.cli.text.JsonWriter;
import dev.weft.diagnostics.Entry;
import dev.weft.diagnostics.TaskDump;
import java.util.stream.Collectors;

/** Writes dumps in the documented shape: what the process itself would write, with each control character escaped. */
public final class TaskJson {

    private TaskJson() {}

    /** The whole, on one line. */
    public static String of(TaskDump dump) {
        var entries = dump.entries().stream().map(TaskJson::of).collect(Collectors.joining(",", "[", "]"));
        var cycles = dump.awaitCycles().stream()
                .map(cycle -> cycle.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]")))
                .collect(Collectors.joining(",", "[", "]"));
        return JsonWriter.shown()
                .open('{')
                .field("takenAt", dump.takenAt().toString())
                .field("pid", dump.pid())
                .json("entries", entries)
                .json("awaitCycles", cycles)
                .close('}')
                .toString();
    }

    /** One entry. Unknown fields are left out. */
    public static String of(Entry entry) {
        var json = JsonWriter.shown()
                .open('{')
                .field("id", entry.id())
                .field("parent", entry.parent())
                .field("kind", entry.kind().name())
                .field("name", entry.name())
                .field("state", entry.state().name());
        if (entry.age() != null) {
            json.field("ageNanos", entry.age().toNanos());
        }
        if (entry.waitingFor() != null) {
            json.field("waitingFor", entry.waitingFor());
        }
        json.json("awaits", entry.awaits().toString())
                .json("awaitedBy", entry.awaitedBy().toString());
        if (entry.deadline() != null) {
            json.json(
                    "deadline",
                    JsonWriter.shown()
                            .open('{')
                            .field(
                                    "remainingNanos",
                                    entry.deadline().remaining().toNanos())
                            .field("owner", entry.deadline().owner())
                            .close('}')
                            .toString());
        }
        if (entry.cancellation() != null) {
            json.json("cancellation", of(entry.cancellation()));
        }
        if (entry.createdAt() != null) {
            json.field("createdAt", entry.createdAt());
        }
        return json.field("frames", entry.frames()).close('}').toString();
    }

    private static String of(Entry.Stop stop) {
        var json = JsonWriter.shown().open('{').field("count", stop.count()).field("reason", stop.reason());
        if (stop.by() != null) {
            json.field("by", stop.by());
        }
        if (stop.since() != null) {
            json.field("sinceNanos", stop.since().toNanos());
        }
        return json.close('}').toString();
    }
}
