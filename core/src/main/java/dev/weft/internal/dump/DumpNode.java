package dev.weft.internal.dump;

import dev.weft.diagnostics.Entry;
import dev.weft.internal.run.RunScope;
import dev.weft.internal.task.Awaitable;
import dev.weft.internal.task.Scope;
import dev.weft.internal.task.TaskImpl;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The source of an {@link Entry}: its identity, its owner, and the entries that it waits for. */
final class DumpNode {

    private static final long THREADS = 2 * Scope.FIRST_ID;

    final Entry.Kind kind;
    final long id;

    /** A {@link TaskImpl}, {@link Scope}, {@link RunScope} or {@link Thread}. */
    final Object subject;

    final @Nullable DumpNode parent;
    final List<DumpNode> children = new ArrayList<>(0);

    /** The target of its wait when the dump was taken. */
    @Nullable
    Object target;

    Awaitable.Needs needs = Awaitable.Needs.NONE;

    Entry.State state = Entry.State.RUNNING;
    final List<DumpNode> awaits = new ArrayList<>(0);
    final List<DumpNode> awaitedBy = new ArrayList<>(0);

    DumpNode(Entry.Kind kind, long id, Object subject, @Nullable DumpNode parent) {
        this.kind = kind;
        this.id = id;
        this.subject = subject;
        this.parent = parent;
    }

    static long threadId(Thread thread) {
        return THREADS + thread.threadId();
    }

    void awaits(DumpNode other) {
        awaits.add(other);
        other.awaitedBy.add(this);
    }

    /** It waits for nothing that is in the dump: it may go on by itself. */
    boolean isFree() {
        return needs == Awaitable.Needs.NONE || awaits.isEmpty();
    }
}
