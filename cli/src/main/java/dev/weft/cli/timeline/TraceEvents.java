package dev.weft.cli.timeline;

import dev.weft.cli.text.JsonWriter;
import dev.weft.cli.timeline.Timeline.Lane;
import dev.weft.cli.timeline.Timeline.Role;
import java.util.Locale;

/** A timeline as Chrome's trace events, which Perfetto and other viewers read: a thread per lane. */
public final class TraceEvents {

    private static final int PROCESS = 1;

    private TraceEvents() {}

    /** The JSON. */
    public static String of(Timeline timeline) {
        var json = JsonWriter.inPage()
                .open('{')
                .field("displayTimeUnit", "ms")
                .name("traceEvents")
                .open('[');
        named(json, "process_name", 0, timeline.title());
        var row = 0;
        for (var lane : timeline.lanes()) {
            row++;
            named(json, "thread_name", row, "  ".repeat(Math.min(8, lane.depth())) + lane.name());
            json.open('{')
                    .field("ph", "M")
                    .field("pid", PROCESS)
                    .field("tid", row)
                    .field("name", "thread_sort_index");
            json.name("args").open('{').field("sort_index", row).close('}').close('}');
            write(lane, row, json);
        }
        for (var mark : timeline.marks()) {
            json.open('{')
                    .field("ph", "i")
                    .field("pid", PROCESS)
                    .field("tid", row(timeline, mark.lane()))
                    .field("ts", mark.atMicros())
                    .field("name", mark.text())
                    .field("cat", mark.kind())
                    .field("s", mark.lane() == 0 ? "g" : "t")
                    .close('}');
        }
        return json.close(']').close('}').toString();
    }

    private static int row(Timeline timeline, long lane) {
        for (var i = 0; lane != 0 && i < timeline.lanes().size(); i++) {
            if (timeline.lanes().get(i).id() == lane) {
                return i + 1;
            }
        }
        return 0;
    }

    private static void write(Lane lane, int row, JsonWriter json) {
        if (lane.state() == Timeline.State.NONE && lane.role() == Role.WORK) {
            return;
        }
        slice(json, row, lane.name(), lane.fromMicros(), lane.toMicros())
                .field("cat", lane.state().name().toLowerCase(Locale.ROOT))
                .name("args")
                .open('{');
        if (!lane.word().isEmpty()) {
            json.field("State", lane.word());
        }
        lane.facts().forEach(fact -> json.field(fact.name(), fact.value()));
        json.close('}').close('}');
        for (var span : lane.spans()) {
            slice(json, row, span.what(), span.fromMicros(), span.toMicros())
                    .field("cat", span.waiting() ? "waiting" : "running")
                    .close('}');
        }
    }

    private static JsonWriter slice(JsonWriter json, int row, String name, long from, long to) {
        return json.open('{')
                .field("ph", "X")
                .field("pid", PROCESS)
                .field("tid", row)
                .field("ts", from)
                .field("dur", Math.max(0, to - from))
                .field("name", name);
    }

    private static void named(JsonWriter json, String what, int row, String name) {
        json.open('{').field("ph", "M").field("pid", PROCESS).field("tid", row).field("name", what);
        json.name("args").open('{').field("name", name).close('}').close('}');
    }
}
