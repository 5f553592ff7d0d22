package dev.weft.internal.task;

import dev.weft.Cancellation;
import dev.weft.Problem;
import dev.weft.internal.failure.Uninterruptible;
import dev.weft.internal.runtime.Durations;
import dev.weft.internal.runtime.Memory;
import dev.weft.internal.runtime.Scheduler;
import dev.weft.internal.runtime.Sizes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks after tasks that were asked to stop and blocks whose limit has passed, and reports each that has not ended
 * after some time, once. One timer does, for the first that is due. The tasks of one watch are all on one runtime,
 * whose clock counts.
 *
 * <p>An entry that is over is let go long before it is due, however many calls are stopped meanwhile and however long
 * some of them take: who adds an entry looks at the oldest ones, and puts the first that is not over to the end. So
 * there are never many more that are over than that are not.
 */
public final class CancellationWatch {

    public static final Duration DEFAULT_GRACE = Duration.ofSeconds(5);

    /** With its stack; more of them are only counted. */
    private static final int MAX_REPORTS_AT_ONCE = Sizes.of(20, 1);

    /** Of the grace: how long not to look again, so that tasks cancelled one by one are not reported one by one. */
    private static final int PAUSES_PER_GRACE = 5;

    /** How many that are over each new one takes out: more than come in. */
    private static final int PRUNED_AT_ONCE = 2;

    /** Tasks that somebody has asked to stop at the same time. */
    public interface Stopping {

        /** Whether all have ended, as far as is known without looking at each. */
        boolean isOver();

        /** Visits those that may not have ended. */
        void forEachStopping(Consumer<? super TaskImpl<?>> action);
    }

    private record One(TaskImpl<?> task, Request request) implements Stopping {
        @Override
        public boolean isOver() {
            return task.hasEnded() || !task.stands(request);
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

        /** Written by the one who looks. */
        private volatile boolean lookedAt;

        Entry(Stopping tasks, long dueNanos) {
            this.tasks = tasks;
            this.dueNanos = dueNanos;
        }

        boolean isOver() {
            return lookedAt || tasks.isOver();
        }
    }

    /** A block whose limit has passed. */
    private static final class Expired implements Stopping {
        private final LimitedBlock block;

        Expired(LimitedBlock block) {
            this.block = block;
        }

        @Override
        public boolean isOver() {
            return !block.isExpiring();
        }

        @Override
        public void forEachStopping(Consumer<? super TaskImpl<?>> action) {}
    }

    private final Duration grace;
    private final ConcurrentLinkedQueue<Entry> entries = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean timerSet = new AtomicBoolean();

    public CancellationWatch(Duration grace) {
        this.grace = grace;
    }

    /** The watch of {@code strand}'s run, or of the process. */
    static CancellationWatch of(StructuredStrand strand) {
        var run = strand.runContext();
        return run == null ? ProcessDefaults.current().watch : run.cancellationWatch();
    }

    /** How long what was asked to stop may go on. */
    public Duration grace() {
        return grace;
    }

    /** One task was asked to stop. */
    void requested(TaskImpl<?> task, Request request) {
        add(new One(task, request), task.scheduler());
    }

    /** Tasks are asked to stop: one entry for all of them, however many there are. */
    public void add(Stopping tasks, Scheduler scheduler) {
        prune(scheduler);
        var due = Durations.deadline(scheduler, grace);
        if (due != Scheduler.NEVER) {
            add(Memory.insist(tasks, due, Entry::new), scheduler);
        }
    }

    private void add(Entry entry, Scheduler scheduler) {
        Memory.insistOn(entries, entry, Queue::add);
        setTimer(scheduler, entry.dueNanos);
    }

    /** The limit of a block has passed, and the block was asked to stop. */
    void expired(LimitedBlock block, Scheduler scheduler) {
        add(new Expired(block), scheduler);
    }

    private void prune(Scheduler scheduler) {
        for (var i = 0; i < PRUNED_AT_ONCE; i++) {
            var oldest = entries.poll();
            if (oldest == null) {
                return;
            }
            if (!oldest.isOver()) {
                add(oldest, scheduler);
                return;
            }
        }
    }

    private void setTimer(Scheduler scheduler, long dueNanos) {
        if (timerSet.compareAndSet(false, true)) {
            try {
                scheduler.scheduleWatch(dueNanos, () -> look(scheduler));
            } catch (Throwable e) {
                timerSet.set(false); // for want of memory: the next one sets it
            }
        }
    }

    private void look(Scheduler scheduler) {
        try {
            lookOnce(scheduler);
        } finally {
            timerSet.set(false);
            setNextTimer(scheduler);
        }
    }

    private void lookOnce(Scheduler scheduler) {
        var now = scheduler.nanoTime();
        var late = new ArrayList<TaskImpl<?>>();
        var lateBlocks = new ArrayList<LimitedBlock>();
        for (var entry : takeDue(now)) {
            if (entry.tasks instanceof Expired expired && !expired.isOver()) {
                lateBlocks.add(expired.block);
            }
            entry.tasks.forEachStopping(task -> {
                if (!task.hasEnded() && task.cancelling() > 0 && task.isFirstReport()) {
                    late.add(task);
                }
            });
        }
        report(late);
        reportBlocks(lateBlocks);
    }

    private void setNextTimer(Scheduler scheduler) {
        var next = Scheduler.NEVER;
        for (var entry : entries) {
            next = Math.min(next, entry.dueNanos);
        }
        if (next != Scheduler.NEVER) {
            setTimer(scheduler, Math.max(next, scheduler.nanoTime() + Durations.nanos(grace) / PAUSES_PER_GRACE));
        }
    }

    /** In the order in which they came. One that somebody is just putting to the end is found the next time. */
    private List<Entry> takeDue(long now) {
        var due = new ArrayList<Entry>();
        for (var all = entries.iterator(); all.hasNext(); ) {
            var entry = all.next();
            if (entry.lookedAt) {
                all.remove();
            } else if (entry.dueNanos <= now) {
                entry.lookedAt = true;
                all.remove();
                due.add(entry);
            }
        }
        due.sort(Comparator.comparingLong(entry -> entry.dueNanos));
        return due;
    }

    private void report(List<TaskImpl<?>> late) {
        late.stream().limit(MAX_REPORTS_AT_ONCE).forEach(task -> {
            var reason = task.cancellation();
            if (reason != null) { // else it has ended just now
                report(task, reason, where(task, task.stackTrace(Integer.MAX_VALUE)));
            }
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

    private void reportBlocks(List<LimitedBlock> late) {
        late.stream().limit(MAX_REPORTS_AT_ONCE).forEach(block -> {
            var self = block.self();
            var thread = self.thread();
            var reason = block.reason();
            if (thread == null || reason == null) {
                return;
            }
            var where = where(self, List.of(thread.getStackTrace()));
            if (block.isExpiring()) { // else the frames may be of something else
                report(self, reason, where);
            }
        });
        if (late.size() > MAX_REPORTS_AT_ONCE) {
            var last = late.getLast().self();
            report(
                    last,
                    late.size() - MAX_REPORTS_AT_ONCE + " more blocks still run after their limit has passed, one of "
                            + last.describe() + " among them",
                    null);
        }
    }

    private static Throwable where(StructuredStrand strand, List<StackTraceElement> frames) {
        var where = new Throwable("where " + strand.describe() + " is now");
        where.setStackTrace(frames.toArray(StackTraceElement[]::new));
        return where;
    }

    private void report(StructuredStrand strand, Cancellation reason, Throwable where) {
        FlightEvents.ignoresCancellation(strand, grace, reason, where);
        report(
                strand,
                strand.describe() + " still runs " + Durations.format(grace) + " after it was asked to stop (" + reason
                        + ")" + Uninterruptible.remedy(strand.thread(), where.getStackTrace()),
                where);
    }

    private static void report(StructuredStrand strand, String what, @Nullable Throwable where) {
        Problems.of(strand)
                .report(
                        Problem.Kind.IGNORES_CANCELLATION,
                        what,
                        strand instanceof TaskImpl<?> task ? task : null,
                        where);
    }
}
