package dev.weft.internal.task;

import dev.weft.internal.failure.AwaitCycleException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether a wait could never end because what is awaited waits for the waiter.
 *
 * <p>Each waiter publishes what it waits for before it looks, so of those that close a cycle at the same time at least
 * one sees it. Looks a bounded number of steps far: the cost of a wait must not grow with the number of tasks.
 */
final class AwaitCycles {

    private static final int MAX_STEPS = 100;

    /** A task that is waited for, and how the search came to it. */
    private record Step(TaskImpl<?> task, @Nullable Step before) {}

    private final ParkingStrand self;
    private final ArrayDeque<Step> open = new ArrayDeque<>();

    private AwaitCycles(ParkingStrand self) {
        this.self = self;
    }

    /**
     * Called by {@code self} when it has said that it waits for {@code target}.
     *
     * @throws AwaitCycleException if the wait would never end
     */
    static void check(ParkingStrand self, Awaitable target) {
        new AwaitCycles(self).check(target);
    }

    private void check(Awaitable target) {
        var last = search(target);
        if (last != null && isStillWaitedFor(target)) {
            throw new AwaitCycleException(explain(last));
        }
    }

    /** A task that has ended since the search began may have been enough for the wait. */
    private static boolean isStillWaitedFor(Awaitable target) {
        return target.mayCloseCycle() && !target.isReady();
    }

    private @Nullable Step search(Awaitable target) {
        var found = expand(target, null);
        if (found != null) {
            return found;
        }
        if (open.isEmpty() && target.needs() == Awaitable.Needs.ANY) {
            return searchAny(target);
        }
        for (var steps = 0; !open.isEmpty() && steps < MAX_STEPS; steps++) {
            var step = open.poll();
            if (isSelfOrAncestor(step.task)) {
                return step;
            }
            if (step.task.waitingFor() instanceof Awaitable next) {
                expand(next, step);
            }
        }
        return null;
    }

    /** One of several is enough, but none of them can end before this. */
    private @Nullable Step searchAny(Awaitable target) {
        var all = new ArrayList<TaskImpl<?>>();
        target.forEachInvolved(all::add);
        var isCycle = !all.isEmpty() && all.stream().allMatch(task -> !task.hasEnded() && isSelfOrAncestor(task));
        return isCycle ? new Step(all.getFirst(), null) : null;
    }

    /**
     * Keeps what is to be looked at. A wait that has got what it needs is about to end: what it names by then is not
     * waited for.
     *
     * @return of what the waiter itself waits for and finds no room to be kept, what cannot end before the waiter
     */
    private @Nullable Step expand(Awaitable target, @Nullable Step before) {
        var awaited = new ArrayList<TaskImpl<?>>();
        target.forEachAwaited(awaited::add);
        if (before != null && target.isReady()) {
            return null;
        }
        for (var task : awaited) {
            if (task.hasEnded()) {
                continue;
            }
            if (open.size() < MAX_STEPS) {
                open.add(new Step(task, before));
            } else if (before == null && isSelfOrAncestor(task)) {
                return new Step(task, null);
            }
        }
        return null;
    }

    /** Whether {@code self} must end before {@code task} can. */
    private boolean isSelfOrAncestor(TaskImpl<?> task) {
        ParkingStrand ancestor = self;
        for (var steps = 0; ancestor != null && steps < MAX_STEPS; steps++) {
            if (ancestor == task) {
                return true;
            }
            ancestor = ancestor instanceof TaskImpl<?> child ? child.owner().parent() : null;
        }
        return false;
    }

    private String explain(Step last) {
        if (last.task == self && last.before == null) {
            return self.describe() + " awaits itself and would wait for ever";
        }
        var path = new ArrayList<String>();
        for (Step step = last; step != null; step = step.before) {
            path.add(step.task.describe());
        }
        path.add(self.describe());
        Collections.reverse(path);
        var cycle = String.join(" awaits ", path);
        return last.task == self
                ? cycle + ": none of them would ever go on"
                : cycle + ", which cannot end before " + self.describe()
                        + ", its own child, has: it would wait for ever";
    }
}
