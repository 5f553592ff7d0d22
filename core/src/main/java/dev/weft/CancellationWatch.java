package dev.weft;

import dev.weft.runtime.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks after tasks that were asked to stop, and reports each that has not after some time, once. In order of the
 * requests, all of which have the same grace: so one timer does, for the oldest. The tasks of one watch are all on one
 * runtime, whose clock counts.
 */
final class CancellationWatch {

    static final Duration DEFAULT_GRACE = Duration.ofSeconds(5);

    /** For tasks that belong to no run. */
    private static final CancellationWatch DEFAULT = new CancellationWatch(DEFAULT_GRACE);

    /** With its stack; more of them are only counted. */
    private static final int MAX_REPORTS_AT_ONCE = 20;

    /** Of the grace: how long not to look again, so that tasks cancelled one by one are not reported one by one. */
    private static final int PAUSES_PER_GRACE = 5;

    /** How many that are over each new one takes out: more than come in. */
    private static final int PRUNED_AT_ONCE = 2;

    /** Tasks that somebody has asked to stop at the same time. */
    interface Stopping {

        /** Whether all have ended, as far as is known without looking at each. */
        boolean isOver();

        /** Visits those that may not have ended. */
        void forEachStopping(Consumer<? super TaskImpl<?>> action);
    }

    private record One(TaskImpl<?> task, Request request) implements Stopping {
        @Override
        public boolean isOver() {
            return task.hasEnded();
        }

        @Override
        public void forEachStopping(Consumer<? super TaskImpl<?>> action) {
            if (task.stands(request)) {
                action.accept(task);
            }
        }
    }

    /** No record: the JDK keeps the class of the last one that was compared, and so its class loader. */
    private static final class Entry {
        private final Stopping tasks;
        private final long dueNanos;

        Entry(Stopping tasks, long dueNanos) {
            this.tasks = tasks;
            this.dueNanos = dueNanos;
        }
    }

    private final Duration grace;
    private final ConcurrentLinkedQueue<Entry> entries = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean timerSet = new AtomicBoolean();

    CancellationWatch(Duration grace) {
        this.grace = grace;
    }

    /** The watch of {@code activity}'s run. */
    static CancellationWatch of(Activity activity) {
        var run = activity.runScope();
        return run == null ? DEFAULT : run.cancellationWatch();
    }

    /** One task was asked to stop. */
    void requested(TaskImpl<?> task, Request request) {
        add(new One(task, request), task.scheduler());
    }

    /** Tasks are asked to stop: one entry for all of them, however many there are. */
    void add(Stopping tasks, Scheduler scheduler) {
        prune();
        var due = Durations.deadline(scheduler, grace);
        if (due != Scheduler.NEVER) {
            entries.add(new Entry(tasks, due));
            setTimer(scheduler, due);
        }
    }

    private void prune() {
        for (var i = 0; i < PRUNED_AT_ONCE; i++) {
            var oldest = entries.peek();
            if (oldest == null || !oldest.tasks.isOver()) {
                return;
            }
            entries.remove(oldest);
        }
    }

    private void setTimer(Scheduler scheduler, long dueNanos) {
        if (timerSet.compareAndSet(false, true)) {
            scheduler.scheduleWatch(dueNanos, () -> look(scheduler));
        }
    }

    private void look(Scheduler scheduler) {
        var now = scheduler.nanoTime();
        var late = new ArrayList<TaskImpl<?>>();
        for (var entry = entries.peek(); entry != null && entry.dueNanos <= now; entry = entries.peek()) {
            if (entries.remove(entry)) {
                entry.tasks.forEachStopping(task -> {
                    if (!task.hasEnded() && task.cancelling() > 0 && task.isFirstReport()) {
                        late.add(task);
                    }
                });
            }
        }
        report(late);
        timerSet.set(false);
        var oldest = entries.peek();
        if (oldest != null) {
            setTimer(scheduler, Math.max(oldest.dueNanos, now + Durations.nanos(grace) / PAUSES_PER_GRACE));
        }
    }

    private void report(List<TaskImpl<?>> late) {
        late.stream().limit(MAX_REPORTS_AT_ONCE).forEach(task -> {
            var reason = task.cancellation();
            if (reason == null) {
                return; // it has ended just now
            }
            var where = new Throwable("where " + task.describe() + " is now");
            where.setStackTrace(task.stackTrace(Integer.MAX_VALUE).toArray(StackTraceElement[]::new));
            FlightLog.ignoresCancellation(task, grace, reason, where);
            report(
                    task,
                    task.describe() + " still runs " + Durations.format(grace) + " after it was asked to stop ("
                            + reason + ")",
                    where);
        });
        if (late.size() > MAX_REPORTS_AT_ONCE) {
            var last = late.getLast();
            report(
                    last,
                    late.size() - MAX_REPORTS_AT_ONCE + " more tasks still run after they were asked to stop, "
                            + last.describe() + " among them",
                    null);
        }
    }

    private static void report(TaskImpl<?> task, String what, @Nullable Throwable where) {
        Problems.of(task).report(Problem.Kind.IGNORES_CANCELLATION, what, task, where);
    }
}
