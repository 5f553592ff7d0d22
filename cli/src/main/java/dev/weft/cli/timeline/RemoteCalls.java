package dev.weft.cli.timeline;

import dev.weft.cli.text.DurationText;
import dev.weft.cli.timeline.Timeline.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import org.jspecify.annotations.Nullable;

/** Calls of handlers on other members: lanes of their own, which connect the recordings of both sides. */
final class RemoteCalls {

    /** Beyond the tasks of all recordings. */
    private static final long FIRST_ID = 1L << 50;

    private final Map<String, Recorded> callers = new LinkedHashMap<>();
    private final List<Recorded> members = new ArrayList<>();
    private long nextId = FIRST_ID;

    private record Recorded(int index, RecordedTasks recording, RecordedEvent event) {
        String call() {
            return event.getString("call");
        }
    }

    RemoteCalls(List<RecordedTasks> recordings) {
        for (var i = 0; i < recordings.size(); i++) {
            for (var event : recordings.get(i).calls) {
                var recorded = new Recorded(i, recordings.get(i), event);
                if (event.getString("side").equals("caller")) {
                    callers.put(recorded.call(), recorded);
                } else {
                    members.add(recorded);
                }
            }
        }
    }

    /** How far the clocks are apart, by the calls that both sides have recorded to the end. */
    Clocks clocks() {
        var clocks = new Clocks();
        for (var member : members) {
            var caller = callers.get(member.call());
            if (caller != null && caller.index != member.index && isWhole(caller.event, member.event)) {
                clocks.add(
                        caller.index,
                        caller.event.getStartTime().plus(caller.event.getDuration("queued")),
                        caller.event.getEndTime(),
                        member.index,
                        member.event.getStartTime(),
                        member.event.getEndTime());
            }
        }
        return clocks;
    }

    /** An attempt that was lost may have ended later than its call; and one that was repeated, begun earlier. */
    private static boolean isWhole(RecordedEvent caller, RecordedEvent member) {
        return caller.getInt("attempt") == 1
                && member.getInt("attempt") == 1
                && !caller.getString("outcome").equals("lost");
    }

    /** Puts the calls below the tasks that made them, and the handlers' tasks below the calls. When all is shifted. */
    void addLanes() {
        var ofCalls = new HashMap<String, Seen>();
        for (var caller : callers.values()) {
            var event = caller.event;
            var member = event.getString("member");
            var lane = lane(caller, event.getString("handler") + (member.isEmpty() ? "" : " on " + member));
            lane.queued = event.getDuration("queued");
            lane.fact("Call", caller.call());
            lane.fact("Attempts", String.valueOf(event.getInt("attempt")));
            lane.fact("Waited for a place", DurationText.format(lane.queued));
            var owner = task(caller);
            lane.parent = owner == null ? 0 : owner.id;
            ofCalls.put(caller.call(), lane);
        }
        for (var member : members) {
            var found = task(member);
            var handler = found == null
                    ? lane(member, member.event.getString("handler") + " for " + member.event.getString("caller"))
                    : found;
            handler.fact("Call", member.call());
            handler.fact("Caller", member.event.getString("caller"));
            var call = ofCalls.get(member.call());
            if (call != null) {
                handler.parent = call.id;
            }
        }
    }

    private Seen lane(Recorded recorded, String name) {
        var event = recorded.event;
        var lane = new Seen(nextId++, name);
        lane.from = recorded.recording.begin(event);
        lane.to = recorded.recording.end(event);
        switch (event.getString("outcome")) {
            case "ok" -> lane.state = State.SUCCESS;
            case "failed" -> lane.state = State.FAILURE;
            case "cancelled" -> lane.state = State.CANCELLED;
            case "lost" -> {
                lane.state = State.FAILURE;
                lane.word = "lost";
            }
            default -> {
                lane.state = State.CANCELLED;
                lane.word = event.getString("outcome");
            }
        }
        recorded.recording.lanesOfCalls.add(lane);
        return lane;
    }

    /** The task of that name that was there when the call began; of several, the one that had begun last. */
    private static @Nullable Seen task(Recorded recorded) {
        var name = recorded.event.getString("task");
        var begin = recorded.recording.begin(recorded.event);
        return recorded.recording.tasksNamed(name).stream()
                .filter(task -> task.lasts(begin))
                .max(Comparator.comparing(task -> task.from == null ? Instant.MIN : task.from))
                .orElse(null);
    }
}
