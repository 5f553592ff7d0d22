package dev.weft.test;

import dev.weft.Task;
import dev.weft.runtime.Strand;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tasks that live, as a tree of owners, and what each waits for and where. */
final class WaitGraph {

    private static final int PRINTED = 100;

    private final List<Strand> strands;
    private final Names names;

    WaitGraph(List<Strand> strands, Names names) {
        this.strands = strands;
        this.names = names;
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
        var cycle = cycle();
        if (cycle != null) {
            text.append("  in a circle: ").append(cycle).append('\n');
        }
        return text.toString();
    }

    private void append(StringBuilder text, Strand strand, IdentityHashMap<Strand, List<Strand>> children, int depth) {
        var indent = "  ".repeat(depth);
        var waitingFor = strand.waitingFor();
        text.append(indent).append(names.name(strand));
        if (waitingFor != null) {
            text.append(" waits for ")
                    .append(waitingFor instanceof Strand other ? names.name(other) : names.in(waitingFor.toString()));
        }
        if (strand instanceof Task<?> task && task.cancelling() > 0) {
            text.append(", although it was asked to stop");
        }
        text.append('\n');
        var where = Frames.firstOfUser(strand.thread());
        if (where != null) {
            text.append(indent).append("    at ").append(where).append('\n');
        }
        children.getOrDefault(strand, List.of()).forEach(child -> append(text, child, children, depth + 1));
    }

    /** Who waits for each other, if anybody does. */
    private @Nullable String cycle() {
        Set<Strand> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (var strand : strands) {
            var path = new ArrayList<Strand>();
            if (!seen.contains(strand) && follow(strand, path, seen)) {
                return String.join(" waits for ", path.stream().map(names::name).toList());
            }
        }
        return null;
    }

    /** @return true if {@code path} is a circle now, from its first to its last element, which is the first again */
    private boolean follow(Strand strand, List<Strand> path, Set<Strand> seen) {
        var before = path.indexOf(strand);
        path.add(strand);
        if (before >= 0) {
            path.subList(0, before).clear();
            return true;
        }
        if (seen.add(strand)) {
            for (var awaited : strand.awaited()) {
                if (follow(awaited, path, seen)) {
                    return true;
                }
            }
        }
        path.removeLast();
        return false;
    }
}
