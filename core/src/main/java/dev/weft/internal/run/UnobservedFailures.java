package dev.weft.internal.run;

import dev.weft.Problem;
import dev.weft.internal.runtime.Memory;
import dev.weft.internal.runtime.Sizes;
import dev.weft.internal.task.Problems;
import dev.weft.internal.task.TaskImpl;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** The failed background tasks of a run at which nobody has looked yet. */
final class UnobservedFailures {

    /** How many failures are kept for somebody to look at, before the oldest is reported. */
    private static final int MAX_UNOBSERVED = Sizes.of(1_000, 1);

    private final Problems problems;
    private final ConcurrentLinkedQueue<TaskImpl<?>> failed = new ConcurrentLinkedQueue<>();
    private final AtomicInteger failedCount = new AtomicInteger();

    UnobservedFailures(Problems problems) {
        this.problems = problems;
    }

    /** Keeps a task that has ended, if it has failed unobserved. Reports its failures at once if the run is ending. */
    void keep(TaskImpl<?> task, boolean whileEnding) {
        if (!task.hasUnobservedFailure()) {
            return;
        }
        if (whileEnding) {
            report(task, Problem.Kind.SHUTDOWN_FAILURE, " failed while its run was ending");
            return;
        }
        Memory.insistOn(failed, task, Queue::add);
        if (failedCount.incrementAndGet() > MAX_UNOBSERVED) {
            var oldest = failed.poll();
            failedCount.decrementAndGet();
            if (oldest != null) {
                reportUnobserved(oldest);
            }
        }
    }

    /** Keeps the main task of a run that its caller has left: no caller is there to get its failure. */
    void keepMain(TaskImpl<?> task) {
        failed.add(task);
    }

    void reportAll() {
        for (var task = failed.poll(); task != null; task = failed.poll()) {
            reportUnobserved(task);
        }
    }

    private void reportUnobserved(TaskImpl<?> task) {
        if (task.hasUnobservedFailure()) {
            report(task, Problem.Kind.UNOBSERVED_FAILURE, " failed, and nobody looked at it");
        }
    }

    private void report(TaskImpl<?> task, Problem.Kind kind, String what) {
        var message = task.describe() + what; // before the failures count as seen
        for (var failure : task.failures()) {
            problems.report(kind, message, task, failure);
        }
    }
}
