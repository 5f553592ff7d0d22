package dev.weft.internal.dump;

import dev.weft.internal.task.Awaitable.Needs;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * The circles of a dump's waits that cannot open by themselves. First all are set aside that may go on once those that
 * they wait for do; of the rest, those that reach each other form a circle. Takes time in proportion to the waits.
 */
final class DumpCycles {

    /** How far Tarjan's search has come with a node. */
    private static final class Visit {
        final DumpNode node;
        final int index;
        int lowest;
        int nextAwaited;
        boolean onPath = true;

        Visit(DumpNode node, int index) {
            this.node = node;
            this.index = index;
            this.lowest = index;
        }
    }

    private final Set<DumpNode> stuck = Collections.newSetFromMap(new IdentityHashMap<>());
    private final IdentityHashMap<DumpNode, Visit> visits = new IdentityHashMap<>();
    private final ArrayDeque<Visit> calls = new ArrayDeque<>();
    private final ArrayDeque<Visit> path = new ArrayDeque<>();
    private final List<List<Long>> cycles = new ArrayList<>();

    private DumpCycles() {}

    /** Each circle once, in the order in which {@code nodes} names its first member. */
    static List<List<Long>> in(List<DumpNode> nodes) {
        var search = new DumpCycles();
        search.findStuck(nodes);
        for (var node : nodes) {
            if (search.stuck.contains(node) && !search.visits.containsKey(node)) {
                search.findCycles(node);
            }
        }
        return search.cycles;
    }

    private void findStuck(List<DumpNode> nodes) {
        var missing = new IdentityHashMap<DumpNode, Integer>();
        var free = new ArrayDeque<DumpNode>();
        for (var node : nodes) {
            if (node.isFree()) {
                free.add(node);
            } else {
                stuck.add(node);
                missing.put(node, node.needs == Needs.ANY ? 1 : node.awaits.size());
            }
        }
        for (var node = free.poll(); node != null; node = free.poll()) {
            for (var waiter : node.awaitedBy) {
                if (stuck.contains(waiter) && missing.merge(waiter, -1, Integer::sum) == 0) {
                    stuck.remove(waiter);
                    free.add(waiter);
                }
            }
        }
    }

    private void findCycles(DumpNode from) {
        enter(from);
        for (var visit = calls.peek(); visit != null; visit = calls.peek()) {
            if (visit.nextAwaited < visit.node.awaits.size()) {
                follow(visit, visit.node.awaits.get(visit.nextAwaited++));
            } else {
                calls.pop();
                var caller = calls.peek();
                if (caller != null) {
                    caller.lowest = Math.min(caller.lowest, visit.lowest);
                }
                if (visit.lowest == visit.index) {
                    leave(visit);
                }
            }
        }
    }

    private void enter(DumpNode node) {
        var visit = new Visit(node, visits.size());
        visits.put(node, visit);
        calls.push(visit);
        path.push(visit);
    }

    private void follow(Visit visit, DumpNode awaited) {
        if (!stuck.contains(awaited)) {
            return;
        }
        var seen = visits.get(awaited);
        if (seen == null) {
            enter(awaited);
        } else if (seen.onPath) {
            visit.lowest = Math.min(visit.lowest, seen.index);
        }
    }

    /** All that have been entered since, and not left, reach {@code first} and are reached by it. */
    private void leave(Visit first) {
        var cycle = new ArrayList<Long>();
        Visit member;
        do {
            member = path.pop();
            member.onPath = false;
            cycle.addFirst(member.node.id);
        } while (member != first);
        if (cycle.size() > 1 || first.node.awaits.contains(first.node)) {
            cycles.add(cycle);
        }
    }
}
