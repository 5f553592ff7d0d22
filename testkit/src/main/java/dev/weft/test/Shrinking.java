package dev.weft.test;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a schedule that fails in the same way, with fewer detours from first come, first served: leaves some of
 * them out, in halves, quarters and so on down to single ones, as long as that helps (delta debugging).
 */
final class Shrinking {

    private static final int MAX_EXECUTIONS = 300;

    private final Supervision supervision;
    private final Settings tersely;
    private final WorldBody<@Nullable Void, ?> body;
    private final Ended<?> failed;
    private int executions;
    private @Nullable Shrunk best;

    /** A schedule, and how it ended. */
    record Shrunk(Schedule schedule, Ended<@Nullable Void> ended) {}

    Shrinking(Settings settings, Supervision supervision, WorldBody<@Nullable Void, ?> body, Ended<?> failed) {
        this.supervision = supervision;
        this.tersely = settings.with(s -> s.describes = false);
        this.body = body;
        this.failed = failed;
    }

    /** Null if not even all detours together lead there again. */
    @Nullable
    Shrunk shrink() throws InterruptedException {
        var detours = failed.detours();
        if (!fails(detours)) {
            return null;
        }
        var parts = 1;
        while (!detours.isEmpty() && executions < MAX_EXECUTIONS) {
            var fewer = withoutAPart(detours, parts);
            if (fewer != null) {
                detours = fewer;
                parts = Math.max(1, parts - 1);
            } else if (parts >= detours.size()) {
                break;
            } else {
                parts = Math.min(detours.size(), 2 * parts);
            }
        }
        return best == null ? null : inFull(best);
    }

    /** The same once more, saying all. */
    private Shrunk inFull(Shrunk found) throws InterruptedException {
        var again = supervision.run(found.schedule, body);
        return again.failedLike(failed) ? new Shrunk(found.schedule, again) : found;
    }

    private @Nullable SortedMap<Integer, Integer> withoutAPart(SortedMap<Integer, Integer> detours, int parts)
            throws InterruptedException {
        List<Integer> choices = new ArrayList<>(detours.keySet());
        for (var part = 0; part < parts && executions < MAX_EXECUTIONS; part++) {
            var fewer = new TreeMap<>(detours);
            var from = part * choices.size() / parts;
            var to = (part + 1) * choices.size() / parts;
            fewer.keySet().removeAll(choices.subList(from, to));
            if (fails(fewer)) {
                return fewer;
            }
        }
        return null;
    }

    private boolean fails(SortedMap<Integer, Integer> detours) throws InterruptedException {
        executions++;
        var schedule = Schedule.recorded(detours);
        var ended = supervision.run(tersely, schedule, body);
        if (!ended.failedLike(failed)) {
            return false;
        }
        best = new Shrunk(schedule, ended);
        return true;
    }
}
