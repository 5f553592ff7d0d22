package dev.weft.internal.run;

import dev.weft.Problem;
import dev.weft.internal.runtime.Durations;
import dev.weft.internal.runtime.Memory;
import dev.weft.internal.runtime.Scheduler;
import dev.weft.internal.runtime.Sizes;
import dev.weft.internal.runtime.TimerHandle;
import dev.weft.internal.task.Ending;
import dev.weft.internal.task.Problems;
import dev.weft.internal.task.TaskImpl;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The failures of a run's background tasks at which nobody has looked yet. Each is reported at the first of: nobody can
 * look any more, as its task is unreachable; its time; the end of the run. Where time is simulated only the last
 * counts, so that what is found depends on the schedule alone.
 */
final class UnobservedFailures {

    /** How many failures are kept for somebody to look at, before the oldest is reported. */
    private static final int MAX_UNOBSERVED = Sizes.of(1_000, 1);

    /** How often to look whether tasks have become unreachable. */
    private static final long PERIOD_NANOS = 1_000_000_000L;

    private final Problems problems;
    private final Scheduler scheduler;
    private final Duration delay;
    private final int max;
    private final ConcurrentLinkedQueue<Failed> failed = new ConcurrentLinkedQueue<>();

    /** The number of failures that were kept and that nobody has taken. */
    private final AtomicInteger kept = new AtomicInteger();

    private final AtomicBoolean timerSet = new AtomicBoolean();
    private volatile @Nullable TimerHandle timer;

    UnobservedFailures(Problems problems, Scheduler scheduler, Duration delay) {
        this(problems, scheduler, delay, MAX_UNOBSERVED);
    }

    UnobservedFailures(Problems problems, Scheduler scheduler, Duration delay, int max) {
        this.problems = problems;
        this.scheduler = scheduler;
        this.delay = delay;
        this.max = max;
    }

    /** A task that has failed, which this does not keep from being collected. True once it has been taken. */
    private static final class Failed extends AtomicBoolean {

        private static final long serialVersionUID = 1L;

        private final transient WeakReference<TaskImpl<?>> task;

        /** The task too, where it is not to be found out whether that is reachable. */
        @SuppressWarnings("unused")
        private final transient @Nullable TaskImpl<?> held;

        private final transient Ending ending;
        private final transient String description;
        private final transient long dueNanos;

        Failed(TaskImpl<?> task, Ending ending, boolean isHeld, long dueNanos) {
            this.task = new WeakReference<>(task);
            this.held = isHeld ? task : null;
            this.ending = ending;
            this.description = task.describe();
            this.dueNanos = dueNanos;
        }

        boolean isDue(long nanos) {
            return dueNanos <= nanos || task.refersTo(null) || !ending.isUnobservedFailure();
        }

        boolean take() {
            return compareAndSet(false, true);
        }
    }

    /**
     * Keeps the failure of a task that has ended, if it has failed unobserved. Reports it at once if the run is ending.
     *
     * @param ownDelay how long it is kept, if not as long as the run's others
     */
    void keep(TaskImpl<?> task, boolean whileEnding, @Nullable Duration ownDelay) {
        if (!(task.end() instanceof Ending ending) || !ending.isUnobservedFailure()) {
            return;
        }
        if (whileEnding) {
            report(task.describe(), task, ending, Problem.Kind.SHUTDOWN_FAILURE, " failed while its run was ending");
            return;
        }
        var limit = ownDelay == null ? delay : ownDelay;
        if (limit.isZero()) {
            reportUnobserved(task.describe(), task, ending);
            return;
        }
        add(task, ending, limit);
        setTimer();
    }

    private void add(TaskImpl<?> task, Ending ending, Duration limit) {
        var entry = new Failed(task, ending, !scheduler.isOnRealTime(), Durations.deadline(scheduler, limit));
        keep(entry);
        if (kept.get() > max) {
            reportOldest();
        }
    }

    private void reportOldest() {
        for (var oldest = failed.poll(); oldest != null && !report(oldest); ) {
            oldest = failed.poll();
        }
    }

    private void keep(Failed entry) {
        Memory.insistOn(failed, entry, Queue::add);
        kept.incrementAndGet();
    }

    /** The one way to take an entry out of the count: of several threads that have it in hand, one takes it. */
    private boolean take(Failed entry) {
        var taken = entry.take();
        if (taken) {
            kept.decrementAndGet();
        }
        return taken;
    }

    /** Keeps the main task of a run that its caller has left: no caller is there to get its failure. */
    void keepMain(TaskImpl<?> task) {
        if (task.end() instanceof Ending ending) {
            keep(new Failed(task, ending, true, Scheduler.NEVER));
        }
    }

    /** The run has ended. */
    void reportAll() {
        var set = timer;
        if (set != null) {
            set.cancel();
        }
        for (var entry = failed.poll(); entry != null; entry = failed.poll()) {
            report(entry);
        }
    }

    // ---- before the run ends

    private void setTimer() {
        if (scheduler.isOnRealTime() && timerSet.compareAndSet(false, true)) {
            try {
                timer = scheduler.scheduleWatch(nextLook(), this::look);
            } catch (Throwable e) {
                timerSet.set(false); // for want of memory: the next failure sets it
            }
        }
    }

    private long nextLook() {
        var next = scheduler.nanoTime() + PERIOD_NANOS;
        for (var entry : failed) {
            next = Math.min(next, entry.dueNanos);
        }
        return next;
    }

    /** On the timers' thread, on which no handler is called. */
    private void look() {
        timerSet.set(false);
        try {
            var now = scheduler.nanoTime();
            if (failed.stream().anyMatch(entry -> entry.isDue(now))) {
                Thread.ofVirtual().name("weft-failures").start(this::reportDue);
            } else if (!failed.isEmpty()) {
                setTimer();
            }
        } catch (Throwable e) {
            setTimer(); // for want of memory
        }
    }

    private void reportDue() {
        var now = scheduler.nanoTime();
        for (var entries = failed.iterator(); entries.hasNext(); ) {
            var entry = entries.next();
            if (entry.isDue(now)) {
                entries.remove();
                report(entry);
            }
        }
        if (!failed.isEmpty()) {
            setTimer();
        }
    }

    /** @return false if another thread has taken it */
    private boolean report(Failed entry) {
        var taken = take(entry);
        if (taken) {
            reportUnobserved(entry.description, entry.task.get(), entry.ending);
        }
        return taken;
    }

    private void reportUnobserved(String description, @Nullable TaskImpl<?> task, Ending ending) {
        if (ending.isUnobservedFailure()) {
            report(description, task, ending, Problem.Kind.UNOBSERVED_FAILURE, " failed, and nobody looked at it");
        }
    }

    private void report(String description, @Nullable TaskImpl<?> task, Ending ending, Problem.Kind kind, String what) {
        ending.observe();
        for (var failure : ending.failures()) {
            problems.report(kind, description + what, task, failure);
        }
    }
}
