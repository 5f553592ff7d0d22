package dev.weft.cluster.internal.engine;

import dev.weft.cluster.internal.engine.Introspection.Question;
import dev.weft.diagnostics.Entry;
import dev.weft.diagnostics.TaskDump;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts what members have told below the entries that wait for them. */
final class JoinedDump {

    private final List<Entry> entries = new ArrayList<>();
    private long lastId;

    private JoinedDump(long lastId) {
        this.lastId = lastId;
    }

    static TaskDump of(TaskDump own, Collection<Question> questions) {
        var joined =
                new JoinedDump(own.entries().stream().mapToLong(Entry::id).max().orElse(0));
        for (var entry : own.entries()) {
            joined.entries.add(entry);
            var waitingFor = entry.waitingFor();
            for (var question : questions) {
                var call = waitingFor == null ? null : question.calls.get(waitingFor);
                if (call != null) {
                    joined.add(entry.id(), question, call);
                }
            }
        }
        return new TaskDump(own.takenAt(), own.pid(), joined.entries, own.awaitCycles());
    }

    private void add(long waiting, Question question, long call) {
        var told = question.answer;
        if (told == null) {
            note(waiting, question.member + " has not answered");
            return;
        }
        if (!told.isAllowed()) {
            note(waiting, question.member + " tells nothing: introspection is off there");
            return;
        }
        var ids = new HashMap<Long, Long>();
        for (var entry : told.entries()) {
            var ofCall = told.roots().get(entry.id());
            if (ofCall != null ? ofCall == call : ids.containsKey(entry.parent())) {
                ids.put(entry.id(), ++lastId);
            }
        }
        for (var entry : told.entries()) {
            var id = ids.get(entry.id());
            if (id != null) {
                var isRoot = told.roots().containsKey(entry.id());
                var name = isRoot ? entry.name() + " on " + question.member : entry.name();
                var parent = isRoot ? null : ids.get(entry.parent());
                entries.add(renumbered(entry, id, parent == null ? waiting : parent, name, ids));
            }
        }
        if (!told.isWhole()) {
            note(waiting, question.member + " runs more than fits into a frame");
        }
    }

    private static Entry renumbered(Entry entry, long id, long parent, String name, Map<Long, Long> ids) {
        return new Entry(
                id,
                parent,
                entry.kind(),
                name,
                entry.state(),
                entry.age(),
                entry.waitingFor(),
                renumbered(entry.awaits(), ids),
                renumbered(entry.awaitedBy(), ids),
                entry.deadline(),
                entry.cancellation(),
                entry.createdAt(),
                entry.frames());
    }

    private static List<Long> renumbered(List<Long> old, Map<Long, Long> ids) {
        return old.stream().map(ids::get).filter(JoinedDump::isKnown).toList();
    }

    private static boolean isKnown(@Nullable Long id) {
        return id != null;
    }

    private void note(long parent, String text) {
        entries.add(new Entry(
                ++lastId,
                parent,
                Entry.Kind.CALL,
                text,
                Entry.State.RUNNING,
                null,
                null,
                List.of(),
                List.of(),
                null,
                null,
                null,
                List.of()));
    }
}
