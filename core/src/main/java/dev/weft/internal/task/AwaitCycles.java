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
        expand(target, null);
        if (open.isEmpty() && target.needs() == Awaitable.Needs.ANY) {
            checkAny(target);
            return;
        }
        for (var steps = 0; !open.isEmpty() && steps < MAX_STEPS; steps++) {
            var step = open.poll();
            if (isSelfOrAncestor(step.task)) {
                throw new AwaitCycleException(explain(step));
            }
            if (step.task.waitingFor() instanceof Awaitable next) {
                expand(next, step);
            }
        }
    }

    /** One of several is enough, but none of them can end before this. */
    private void checkAny(Awaitable target) {
        var all = new ArrayList<TaskImpl<?>>();
        target.forEachInvolved(all::add);
        if (!all.isEmpty() && all.stream().allMatch(task -> !task.hasEnded() && isSelfOrAncestor(task))) {
            throw new AwaitCycleException(explain(new Step(all.getFirst(), null)));
        }
    }

    private void expand(Awaitable target, @Nullable Step before) {
        target.forEachAwaited(task -> {
            if (task.hasEnded()) {
                return;
            }
            if (open.size() < MAX_STEPS) {
                open.add(new Step(task, before));
            } else if (before == null && isSelfOrAncestor(task)) {
                throw new AwaitCycleException(explain(new Step(task, null)));
            }
        });
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
