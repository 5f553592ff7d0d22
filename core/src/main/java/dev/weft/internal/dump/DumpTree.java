package dev.weft.internal.dump;

import dev.weft.diagnostics.Entry.Kind;
import dev.weft.internal.block.Abandonable;
import dev.weft.internal.run.RunScope;
import dev.weft.internal.run.Runs;
import dev.weft.internal.scope.UnclosedScopes;
import dev.weft.internal.task.CallerStrand;
import dev.weft.internal.task.Scope;
import dev.weft.internal.task.StructuredStrand;
import dev.weft.internal.task.TaskImpl;
import dev.weft.internal.task.WaitingStrand;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything that runs, from the top down: runs and threads, their tasks and open calls, the tasks of those, and so on.
 * Taken while all goes on: what is there throughout is in it.
 */
final class DumpTree {

    private static final long NUMBERS = 1L << Integer.SIZE;

    private final List<DumpNode> roots = new ArrayList<>();
    private final IdentityHashMap<TaskImpl<?>, DumpNode> tasks = new IdentityHashMap<>();
    private final IdentityHashMap<Thread, DumpNode> threads = new IdentityHashMap<>();
    private final IdentityHashMap<Thread, List<StructuredStrand>> callers = new IdentityHashMap<>();
    private final IdentityHashMap<Thread, WaitingStrand> foreign = new IdentityHashMap<>();
    private final IdentityHashMap<Thread, List<Scope>> loose = new IdentityHashMap<>();
    private final Set<Scope> scopes = Collections.newSetFromMap(new IdentityHashMap<>());
    private final IdentityHashMap<Thread, Abandonable<?>> abandoned = new IdentityHashMap<>();
    private final Set<Long> taskIds = new HashSet<>();
    private final ArrayDeque<DumpNode> unvisited = new ArrayDeque<>();

    private DumpTree() {}

    static DumpTree take() {
        var tree = new DumpTree();
        tree.addThreads();
        tree.addRuns();
        return tree;
    }

    // ---- what has been found

    /** Parents before their children. */
    List<DumpNode> nodes() {
        var nodes = new ArrayList<DumpNode>();
        var open = new ArrayDeque<DumpNode>();
        roots.reversed().forEach(open::push);
        while (!open.isEmpty()) {
            var node = open.pop();
            nodes.add(node);
            node.children.reversed().forEach(open::push);
        }
        return nodes;
    }

    @Nullable
    DumpNode nodeOf(TaskImpl<?> task) {
        return tasks.get(task);
    }

    /** Of a task's thread or another. */
    @Nullable
    DumpNode nodeOf(Thread thread) {
        return thread.getUncaughtExceptionHandler() instanceof TaskImpl<?> task && task.thread() == thread
                ? tasks.get(task)
                : threads.get(thread);
    }

    /** As what {@code thread} is in calls: more than one where they are independent of each other. */
    List<StructuredStrand> callers(Thread thread) {
        return callers.getOrDefault(thread, List.of());
    }

    @Nullable
    WaitingStrand foreign(Thread thread) {
        return foreign.get(thread);
    }

    /** The call that {@code thread} runs and whose caller has left, or null. */
    @Nullable
    Abandonable<?> abandoned(Thread thread) {
        return abandoned.get(thread);
    }

    // ---- from the top

    private void addThreads() {
        for (var caller : CallerStrand.inCalls()) {
            if (!onlyWaitsForRun(caller)) {
                addCaller(caller);
            }
        }
        UnclosedScopes.forEachOpen(scope -> {
            var thread = scope.parent.thread();
            if (thread != null) {
                loose.computeIfAbsent(thread, t -> new ArrayList<>(1)).add(scope);
                addCaller(scope.parent);
            }
        });
        for (var strand : WaitingStrand.foreign()) {
            var thread = strand.thread();
            if (thread != null) {
                foreign.put(thread, strand);
                threadNode(thread);
            }
        }
        Abandonable.forEachAbandoned(call -> {
            abandoned.put(call.thread(), call);
            threadNode(call.thread());
        });
        roots.sort(Comparator.comparingLong(node -> node.id));
        roots.forEach(unvisited::add);
        visitAll();
    }

    /** The run says it all. */
    private static boolean onlyWaitsForRun(CallerStrand caller) {
        return caller.waitingFor() instanceof RunScope && caller.scopes == null && caller.firstDeadline() == null;
    }

    private void addCaller(StructuredStrand caller) {
        var thread = caller.thread();
        if (thread != null) {
            var known = callers.computeIfAbsent(thread, t -> new ArrayList<>(1));
            if (!known.contains(caller)) {
                known.add(caller);
            }
            threadNode(thread);
        }
    }

    private void threadNode(Thread thread) {
        threads.computeIfAbsent(thread, t -> root(Kind.THREAD, DumpNode.threadId(t), t));
    }

    private DumpNode root(Kind kind, long id, Object subject) {
        var node = new DumpNode(kind, id, subject, null);
        roots.add(node);
        return node;
    }

    /** A run stands under who has called it if that is there. */
    private void addRuns() {
        var runs = new ArrayList<>(Runs.open());
        runs.sort(Comparator.comparingLong(RunScope::createdNanos));
        var tops = new ArrayList<DumpNode>();
        for (var run : runs) {
            var caller = run.caller();
            var thread = caller.thread();
            var above =
                    caller instanceof TaskImpl<?> task ? tasks.get(task) : thread == null ? null : threads.get(thread);
            var node = new DumpNode(Kind.RUN, run.id(), run, above);
            if (above == null) {
                tops.add(node);
            } else {
                above.children.add(node);
            }
            unvisited.add(node);
        }
        roots.addAll(0, tops);
        visitAll();
    }

    // ---- downwards

    private void visitAll() {
        for (var node = unvisited.poll(); node != null; node = unvisited.poll()) {
            visit(node);
        }
    }

    private void visit(DumpNode node) {
        switch (node.subject) {
            case RunScope run -> {
                run.forEachLive(task -> addTask(node, task));
                sortTasks(node);
            }
            case Scope scope -> {
                scope.forEachChild(task -> addTask(node, task));
                sortTasks(node);
            }
            case TaskImpl<?> task -> addScopes(node, task);
            case Thread thread -> {
                for (var caller : callers(thread)) {
                    addScopes(node, caller);
                }
                loose.getOrDefault(thread, List.of()).forEach(scope -> addScope(node, scope));
            }
            default -> throw new AssertionError("no node is made of " + node.subject.getClass());
        }
    }

    private void addTask(DumpNode parent, TaskImpl<?> task) {
        if (task.hasEnded() || tasks.containsKey(task)) {
            return;
        }
        var id = task.number();
        while (!taskIds.add(id)) {
            id += NUMBERS; // its number has come round, and its elder still lives
        }
        var node = new DumpNode(Kind.TASK, id, task, parent);
        tasks.put(task, node);
        parent.children.add(node);
        unvisited.add(node);
    }

    private static void sortTasks(DumpNode node) {
        node.children.sort(Comparator.comparingLong(child -> child.id));
    }

    private void addScopes(DumpNode node, StructuredStrand strand) {
        var open = new ArrayList<Scope>();
        strand.forEachOpenScope(open::add);
        open.reversed().forEach(scope -> addScope(node, scope));
    }

    private void addScope(DumpNode parent, Scope scope) {
        if (scopes.add(scope)) {
            var node = new DumpNode(Kind.CALL, scope.id(), scope, parent);
            parent.children.add(node);
            unvisited.add(node);
        }
    }
}
