package dev.weft.test;

import dev.weft.Task;
import dev.weft.internal.runtime.Strand;
import dev.weft.test.internal.deep.JdkWaits;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** The tasks that live, as a tree of owners, and what each waits for and where. */
final class WaitGraph {

    private static final int PRINTED = 100;

    private final List<Strand> strands;
    private final Names names;

    /** The waits of strands in the JDK, and the locks that they hold. */
    private final JdkWaits waits;

    WaitGraph(List<Strand> strands, Names names, JdkWaits waits) {
        this.strands = strands;
        this.names = names;
        this.waits = waits;
    }

    @Override
    public String toString() {
        Set<Strand> known = Collections.newSetFromMap(new IdentityHashMap<>());
        known.addAll(strands);
        var children = new IdentityHashMap<Strand, List<Strand>>();
        var roots = new ArrayList<Strand>();
        for (var strand : strands.subList(0, Math.min(PRINTED, strands.size()))) {
            var parent = strand.parent();
            if (parent == null || !known.contains(parent)) {
                roots.add(strand);
            } else {
                children.computeIfAbsent(parent, p -> new ArrayList<>()).add(strand);
            }
        }
        var text = new StringBuilder();
        roots.forEach(root -> append(text, root, children, 1));
        if (strands.size() > PRINTED) {
            text.append("  … and ").append(strands.size() - PRINTED).append(" more\n");
        }
        return text.toString();
    }

    private void append(StringBuilder text, Strand strand, IdentityHashMap<Strand, List<Strand>> children, int depth) {
        var indent = "  ".repeat(depth);
        var waitingFor = strand.waitingFor();
        text.append(indent).append(names.name(strand));
        var jdkWait = waits.of(strand.thread());
        if (waitingFor != null) {
            text.append(" waits for ")
                    .append(waitingFor instanceof Strand other ? names.name(other) : names.in(waitingFor.toString()));
        } else if (jdkWait != null) {
            text.append(jdkWait.text(this::nameOf));
        }
        if (strand instanceof Task<?> task && task.cancelling() > 0) {
            text.append(", although it was asked to stop");
        }
        text.append('\n');
        var where = Frames.firstOfUser(strand.thread());
        if (where != null) {
            text.append(indent).append("    at ").append(where).append('\n');
        }
        if (jdkWait != null) {
            jdkWait.held()
                    .forEach(lock -> text.append(indent)
                            .append("    holds ")
                            .append(lock)
                            .append('\n'));
        }
        children.getOrDefault(strand, List.of()).forEach(child -> append(text, child, children, depth + 1));
    }

    private String nameOf(Thread thread) {
        for (var strand : strands) {
            if (strand.thread() == thread) {
                return names.name(strand);
            }
        }
        return "'" + thread.getName() + "', which is not of the simulation";
    }
}
