package dev.weft;

import dev.weft.internal.runtime.Scheduler;
import dev.weft.internal.runtime.Strand;
import dev.weft.internal.runtime.TimerHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A runtime on which time stands still until a test moves it. Everything else is done by the runtime that it wraps. */
public final class ManualClock extends ForwardingScheduler {

    private final List<Timer> timers = new ArrayList<>();
    /** Called before a timer is set, by who sets it. */
    volatile Runnable beforeTimer = () -> {};

    /** Called when a timer has been set, by who has set it. */
    volatile Runnable afterTimer = () -> {};

    private long now = Duration.ofSeconds(1000).toNanos();

    private ManualClock(Scheduler runtime) {
        super(runtime);
    }

    /** A main that is given the clock. */
    public interface Main<X extends Exception> {
        void run(ManualClock clock) throws X, InterruptedException;
    }

    /** Runs {@code main} on {@code runtime} with a clock of this kind. */
    public static <X extends Exception> void run(TestRuntime runtime, Main<X> main) throws X, InterruptedException {
        run(runtime, builder -> {}, main);
    }

    /** {@link #run(TestRuntime, Main)} on a runner with settings. */
    static <X extends Exception> void run(TestRuntime runtime, Consumer<Runner.Builder> settings, Main<X> main)
            throws X, InterruptedException {
        var made = runtime.open();
        var clock = new ManualClock(made.scheduler());
        var builder = Runner.builder().signals(false).runtime(() -> WeftRuntime.of(clock, made::close));
        settings.accept(builder);
        try (var runner = builder.build()) {
            VoidBody<X> body = () -> main.run(clock);
            runner.run(body);
        }
    }

    /** Moves the time on, and does what is due by then, in order, before it returns. */
    public void advance(Duration duration) {
        var target = nanoTime() + duration.toNanos();
        for (var due = nextDue(target); due != null; due = nextDue(target)) {
            due.action.run();
        }
    }

    private synchronized Timer nextDue(long target) {
        Timer due = null;
        for (var timer : timers) {
            if (timer.deadlineNanos <= target && (due == null || timer.deadlineNanos < due.deadlineNanos)) {
                due = timer;
            }
        }
        timers.remove(due);
        now = due == null ? target : Math.max(now, due.deadlineNanos);
        return due;
    }

    @Override
    public boolean isOnRealTime() {
        return false;
    }

    @Override
    public synchronized long nanoTime() {
        return now;
    }

    @Override
    public TimerHandle schedule(long deadlineNanos, Runnable action) {
        beforeTimer.run();
        var timer = set(deadlineNanos, action);
        afterTimer.run();
        return timer;
    }

    private synchronized TimerHandle set(long deadlineNanos, Runnable action) {
        if (deadlineNanos <= now) {
            return scheduler.schedule(scheduler.nanoTime(), action);
        }
        var timer = new Timer(deadlineNanos, action);
        timers.add(timer);
        return () -> {
            synchronized (this) {
                timers.remove(timer);
            }
        };
    }

    @Override
    public TimerHandle scheduleWatch(long deadlineNanos, Runnable action) {
        return schedule(deadlineNanos, action);
    }

    @Override
    public void park(Strand self, long deadlineNanos) {
        if (deadlineNanos == NEVER) {
            scheduler.park(self, NEVER);
        } else if (deadlineNanos <= nanoTime()) {
            scheduler.park(self, scheduler.nanoTime());
        } else {
            var timer = schedule(deadlineNanos, () -> scheduler.unpark(self));
            scheduler.park(self, NEVER);
            timer.cancel();
        }
    }

    /** Compared by identity. */
    private static final class Timer {
        private final long deadlineNanos;
        private final Runnable action;

        Timer(long deadlineNanos, Runnable action) {
            this.deadlineNanos = deadlineNanos;
            this.action = action;
        }
    }
}
