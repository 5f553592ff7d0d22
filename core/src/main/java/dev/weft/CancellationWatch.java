package dev.weft;

import dev.weft.runtime.Scheduler;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

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

    private final Duration grace;
    private final ConcurrentLinkedQueue<Entry> entries = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean timerSet = new AtomicBoolean();

    private record Entry(TaskImpl<?> task, Request request, long dueNanos) {}

    CancellationWatch(Duration grace) {
        this.grace = grace;
    }

    /** The watch of {@code activity}'s run. */
    static CancellationWatch of(Activity activity) {
        var run = activity.runScope();
        return run == null ? DEFAULT : run.cancellationWatch();
    }

    void requested(TaskImpl<?> task, Request request) {
        var scheduler = task.scheduler();
        var due = Durations.deadline(scheduler, grace);
        if (due != Scheduler.NEVER) {
            entries.add(new Entry(task, request, due));
            setTimer(scheduler);
        }
    }

    private void setTimer(Scheduler scheduler) {
        var oldest = entries.peek();
        if (oldest != null && timerSet.compareAndSet(false, true)) {
            scheduler.scheduleWatch(oldest.dueNanos, () -> look(scheduler));
        }
    }

    private void look(Scheduler scheduler) {
        var now = scheduler.nanoTime();
        var reported = 0;
        Entry unreported = null;
        for (var entry = entries.peek(); entry != null && entry.dueNanos <= now; entry = entries.peek()) {
            entries.poll();
            if (entry.task.stands(entry.request) && entry.task.isFirstReport()) {
                if (reported++ < MAX_REPORTS_AT_ONCE) {
                    report(entry);
                } else {
                    unreported = entry;
                }
            }
        }
        if (unreported != null) {
            reportMore(unreported, reported - MAX_REPORTS_AT_ONCE);
        }
        timerSet.set(false);
        setTimer(scheduler);
    }

    private static void reportMore(Entry last, int count) {
        Problems.of(last.task)
                .report(
                        Problem.Kind.IGNORES_CANCELLATION,
                        count + " more tasks still run after they were asked to stop, " + last.task.describe()
                                + " among them",
                        last.task,
                        null);
    }

    private void report(Entry entry) {
        var task = entry.task;
        var where = new Throwable("where " + task.describe() + " is now");
        where.setStackTrace(task.stackTrace(Integer.MAX_VALUE).toArray(StackTraceElement[]::new));
        Problems.of(task)
                .report(
                        Problem.Kind.IGNORES_CANCELLATION,
                        task.describe() + " still runs " + Durations.format(grace) + " after it was asked to stop ("
                                + entry.request.cancellation + ")",
                        task,
                        where);
    }
}
