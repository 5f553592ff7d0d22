package dev.weft.internal.dump;

import dev.weft.Cancellation;
import dev.weft.diagnostics.Entry;
import dev.weft.diagnostics.Entry.Limit;
import dev.weft.diagnostics.Entry.State;
import dev.weft.diagnostics.Entry.Stop;
import dev.weft.diagnostics.TaskDump;
import dev.weft.internal.api.Api;
import dev.weft.internal.run.RunScope;
import dev.weft.internal.runtime.Scheduler;
import dev.weft.internal.task.Awaitable;
import dev.weft.internal.task.Deadlines;
import dev.weft.internal.task.Scope;
import dev.weft.internal.task.StructuredStrand;
import dev.weft.internal.task.TaskImpl;
import dev.weft.internal.task.WaitingStrand;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes a {@link TaskDump} of a {@link DumpTree}: looks once at what each waits for, then writes down the rest. */
public final class Dump {

    private final DumpTree tree = DumpTree.take();
    private final int frames;
    private final Map<Scheduler, Long> now = new HashMap<>();

    private Dump(int frames) {
        this.frames = frames;
    }

    public static TaskDump take(int frames) {
        if (frames < 0) {
            throw new IllegalArgumentException("frames must not be negative: " + frames + "; 0 is for none");
        }
        var takenAt = Instant.now();
        return new Dump(frames).take(takenAt);
    }

    private TaskDump take(Instant takenAt) {
        var nodes = tree.nodes();
        nodes.forEach(this::look);
        var cycles = DumpCycles.in(nodes);
        var entries = new ArrayList<Entry>(nodes.size());
        for (var node : nodes) {
            entries.add(entry(node));
        }
        return new TaskDump(takenAt, ProcessHandle.current().pid(), entries, cycles);
    }

    // ---- who waits for whom

    private void look(DumpNode node) {
        switch (node.subject) {
            case TaskImpl<?> task -> {
                node.target = task.waitingFor();
                node.state = task.hasEnded()
                        ? State.ENDED
                        : !task.hasBegun() ? State.NOT_STARTED : node.target == null ? State.RUNNING : State.WAITING;
            }
            case Thread thread -> {
                node.target = target(thread);
                node.state = !thread.isAlive() ? State.ENDED : node.target == null ? State.RUNNING : State.WAITING;
            }
            case RunScope run -> {
                node.target = run.isEnding() ? run : null;
                node.state = run.isReady() ? State.ENDED : run.isEnding() ? State.WAITING : State.RUNNING;
            }
            case Scope scope -> {
                var parent = scope.parent.waitingFor();
                node.state = scope.isClosed() ? State.ENDED : parent == scope ? State.WAITING : State.RUNNING;
            }
            default -> throw new AssertionError(node.subject.getClass());
        }
        if (node.target instanceof Awaitable waitable && node.state == State.WAITING) {
            if (node.subject instanceof Thread thread && tree.foreign(thread) != null) {
                linkHolder(node, waitable.holder()); // a thread that runs nothing of Weft's is in no circle
            } else {
                link(node, waitable);
            }
        }
    }

    private @Nullable Object target(Thread thread) {
        var strand = tree.foreign(thread);
        if (strand != null) {
            return strand.waitingFor();
        }
        for (var caller : tree.callers(thread)) {
            var target = caller.waitingFor();
            if (target != null) {
                return target;
            }
        }
        return null;
    }

    private void link(DumpNode node, Awaitable target) {
        node.needs = target.needs();
        target.forEachInvolved(task -> {
            var awaited = tree.nodeOf(task);
            if (awaited != null && !task.hasEnded()) {
                node.awaits(awaited);
            }
        });
        linkHolder(node, target.holder());
    }

    private void linkHolder(DumpNode node, @Nullable Thread holder) {
        var awaited = holder == null ? null : tree.nodeOf(holder);
        if (awaited != null) {
            node.needs = Awaitable.Needs.ALL;
            node.awaits(awaited);
        }
    }

    // ---- the rest

    private Entry entry(DumpNode node) {
        return switch (node.subject) {
            case TaskImpl<?> task ->
                entry(
                        node,
                        task.name(),
                        age(task.scheduler(), task.createdNanos()),
                        limit(task.scheduler(), task.firstDeadline()),
                        stop(task),
                        task.creationTrace().stream()
                                .findFirst()
                                .map(DumpFrames::text)
                                .orElse(null),
                        node.state == State.NOT_STARTED ? null : task.thread());
            case Thread thread ->
                entry(node, WaitingStrand.nameOf(thread), null, limit(thread), stop(thread), null, thread);
            case RunScope run ->
                entry(node, run.title(), age(run.scheduler(), run.createdNanos()), null, null, null, null);
            case Scope scope -> {
                var scheduler = scope.parent.scheduler();
                var reason = scope.stopReason();
                yield entry(
                        node,
                        scope.title(),
                        age(scheduler, scope.openedNanos),
                        limit(scheduler, scope.limit()),
                        reason == null ? null : stop(1, reason, scheduler),
                        null,
                        null);
            }
            default -> throw new AssertionError(node.subject.getClass());
        };
    }

    private Entry entry(
            DumpNode node,
            String name,
            @Nullable Duration age,
            @Nullable Limit deadline,
            @Nullable Stop cancellation,
            @Nullable String createdAt,
            @Nullable Thread thread) {
        return new Entry(
                node.id,
                node.parent == null ? 0 : node.parent.id,
                node.kind,
                name,
                node.state,
                age,
                node.state == State.WAITING && node.target != null ? WaitText.of(node.target) : null,
                ids(node.awaits),
                ids(node.awaitedBy),
                deadline,
                cancellation,
                createdAt,
                DumpFrames.of(thread, frames));
    }

    private static List<Long> ids(List<DumpNode> nodes) {
        return nodes.stream().map(node -> node.id).distinct().toList();
    }

    private long now(Scheduler scheduler) {
        return now.computeIfAbsent(scheduler, Scheduler::nanoTime);
    }

    /** A task made since the clock was read is new. */
    private Duration age(Scheduler scheduler, long sinceNanos) {
        return Duration.ofNanos(Math.max(0, now(scheduler) - sinceNanos));
    }

    private @Nullable Limit limit(Scheduler scheduler, Deadlines.@Nullable First deadline) {
        return deadline == null
                ? null
                : new Limit(Duration.ofNanos(deadline.nanos() - now(scheduler)), deadline.owner());
    }

    private @Nullable Limit limit(Thread thread) {
        Limit first = null;
        for (var caller : tree.callers(thread)) {
            var limit = limit(caller.scheduler(), caller.firstDeadline());
            if (first == null || (limit != null && limit.remaining().compareTo(first.remaining()) < 0)) {
                first = limit;
            }
        }
        return first;
    }

    private @Nullable Stop stop(StructuredStrand strand) {
        var asked = strand.asked();
        return asked == null ? null : stop(asked.count(), asked.cancellation(), strand.scheduler());
    }

    private @Nullable Stop stop(Thread thread) {
        var abandoned = tree.abandoned(thread);
        if (abandoned != null) {
            return new Stop(1, "its caller was cancelled and has left it", null, abandoned.abandonedFor());
        }
        for (var caller : tree.callers(thread)) {
            var stop = stop(caller);
            if (stop != null) {
                return stop;
            }
        }
        return null;
    }

    private Stop stop(int count, Cancellation cancellation, Scheduler scheduler) {
        var reason = cancellation.reasonText();
        return new Stop(
                count,
                reason == null ? "no reason was given" : ReasonText.cut(reason),
                cancellation.origin(),
                since(cancellation, scheduler));
    }

    /** A timeout's request bears the deadline, which has passed. */
    private Duration since(Cancellation cancellation, Scheduler scheduler) {
        return age(scheduler, Api.nanos(cancellation.at()));
    }
}
