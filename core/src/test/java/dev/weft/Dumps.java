package dev.weft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.diagnostics.Entry;
import dev.weft.diagnostics.Entry.Kind;
import dev.weft.diagnostics.TaskDump;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What tests look for in dumps. */
final class Dumps {

    private Dumps() {}

    /** The one task or thread of this name. */
    static Entry find(TaskDump dump, String name) {
        var found = dump.entries().stream()
                .filter(entry -> entry.name().equals(name))
                .toList();
        assertThat(found).as("'%s' in%n%s", name, dump).hasSize(1);
        return found.getFirst();
    }

    static Optional<Entry> findAny(TaskDump dump, String name) {
        return dump.entries().stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst();
    }

    static Entry parent(TaskDump dump, Entry entry) {
        return dump.entries().stream()
                .filter(other -> other.id() == entry.parent())
                .findFirst()
                .orElseThrow(() -> new AssertionError(entry + " stands at the top of\n" + dump));
    }

    static List<Entry> children(TaskDump dump, Entry entry) {
        return dump.entries().stream()
                .filter(other -> other.parent() == entry.id())
                .toList();
    }

    /** Ids are unique, parents come first, edges lead to entries and back, owners are of the right kind. */
    static void assertWellFormed(TaskDump dump) {
        var known = new HashMap<Long, Entry>();
        for (var entry : dump.entries()) {
            assertThat(entry.parent() == 0 || known.containsKey(entry.parent()))
                    .as("the parent of %s comes first", entry)
                    .isTrue();
            assertThat(known.put(entry.id(), entry)).as("the id of %s", entry).isNull();
            assertOwner(entry, known.get(entry.parent()));
        }
        var awaitedBy = new HashMap<Long, HashSet<Long>>();
        for (var entry : dump.entries()) {
            for (var awaited : entry.awaits()) {
                awaitedBy.computeIfAbsent(awaited, id -> new HashSet<>()).add(entry.id());
            }
        }
        for (var entry : dump.entries()) {
            assertThat(new HashSet<>(entry.awaitedBy()))
                    .as("who awaits %s", entry)
                    .isEqualTo(awaitedBy.getOrDefault(entry.id(), new HashSet<>()));
            assertThat(known.keySet()).containsAll(entry.awaits());
            assertThat(entry.age() == null || !entry.age().isNegative()).isTrue();
            assertThat(entry.waitingFor() == null || entry.state() == Entry.State.WAITING)
                    .isTrue();
        }
        assertCycles(dump, known);
    }

    private static void assertCycles(TaskDump dump, Map<Long, Entry> known) {
        for (var cycle : dump.awaitCycles()) {
            for (var id : cycle) {
                assertThat(known.get(id).awaits()).containsAnyElementsOf(cycle);
            }
        }
    }

    private static void assertOwner(Entry entry, Entry owner) {
        switch (entry.kind()) {
            case THREAD -> assertThat(owner).isNull();
            case TASK -> assertThat(owner.kind()).isIn(Kind.RUN, Kind.CALL);
            case CALL -> assertThat(owner.kind()).isIn(Kind.THREAD, Kind.TASK);
            case RUN -> assertThat(owner == null || owner.kind() != Kind.CALL).isTrue();
        }
    }
}
