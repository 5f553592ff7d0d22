package dev.weft;

import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether a wait could never end because what is awaited waits for the waiter.
 *
 * <p>Each waiter publishes what it waits for before it looks, so of those that close a cycle at the same time at least
 * one sees it. Looks a bounded number of steps far: the cost of a wait must not grow with the number of tasks.
 */
final class AwaitCycles {

    private static final int MAX_STEPS = 100;

    private AwaitCycles() {}

    /**
     * Called by {@code self} when it has said that it waits for {@code target}.
     *
     * @throws IllegalStateException if the wait would never end
     */
    static void check(Activity self, TaskImpl<?> target) {
        Object next = target;
        for (var steps = 0; next instanceof TaskImpl<?> task && !task.hasEnded() && steps < MAX_STEPS; steps++) {
            if (isSelfOrAncestor(task, self)) {
                throw new IllegalStateException(explain(self, target, task));
            }
            next = task.waitingFor();
        }
    }

    /** Whether {@code self} must end before {@code task} can. */
    private static boolean isSelfOrAncestor(TaskImpl<?> task, Activity self) {
        Activity ancestor = self;
        for (var steps = 0; ancestor != null && steps < MAX_STEPS; steps++) {
            if (ancestor == task) {
                return true;
            }
            ancestor = parentOf(ancestor);
        }
        return false;
    }

    private static @Nullable Activity parentOf(Activity activity) {
        return activity instanceof TaskImpl<?> task ? task.owner().parent() : null;
    }

    private static String explain(Activity self, TaskImpl<?> target, TaskImpl<?> last) {
        if (target == self) {
            return self.describe() + " awaits itself and would wait for ever";
        }
        var path = new ArrayList<String>();
        path.add(self.describe());
        Object next = target;
        while (next instanceof TaskImpl<?> task) {
            path.add(task.describe());
            next = task == last ? null : task.waitingFor();
        }
        var cycle = String.join(" awaits ", path);
        return last == self
                ? cycle + ": none of them would ever go on"
                : cycle + ", which cannot end before " + self.describe()
                        + ", its own child, has: it would wait for ever";
    }
}
