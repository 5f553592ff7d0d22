package dev.weft.test.internal.hooks;

import java.util.Collections;
import java.util.Date;
import java.util.Map;
import java.util.Timer;
import java.util.TimerTask;
import java.util.WeakHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A timer whose tasks run on a thread that the hooks schedule, on the clock of the hooks. */
@SuppressWarnings("JavaUtilDate") // as the JDK's
final class VirtualTimer extends Timer {

    private static final Map<TimerTask, Future<?>> SCHEDULED = Collections.synchronizedMap(new WeakHashMap<>());

    private final VirtualScheduledPool pool;

    VirtualTimer(ThreadFactory threads) {
        super("weft-timer", true); // its thread ends at once
        super.cancel();
        pool = new VirtualScheduledPool(1, threads);
        pool.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        pool.setRemoveOnCancelPolicy(true);
    }

    /** {@link TimerTask#cancel()}. */
    static boolean cancel(TimerTask task) {
        var future = SCHEDULED.get(task);
        return future == null ? task.cancel() : future.cancel(false);
    }

    @Override
    public void schedule(TimerTask task, long delay) {
        requirePositive(delay >= 0, "Negative delay.");
        begin(task, () -> pool.schedule(run(task), delay, TimeUnit.MILLISECONDS));
    }

    @Override
    public void schedule(TimerTask task, Date time) {
        schedule(task, delay(time));
    }

    @Override
    public void schedule(TimerTask task, long delay, long period) {
        requirePositive(delay >= 0, "Negative delay.");
        requirePositive(period > 0, "Non-positive period.");
        begin(task, () -> pool.scheduleWithFixedDelay(run(task), delay, period, TimeUnit.MILLISECONDS));
    }

    @Override
    public void schedule(TimerTask task, Date first, long period) {
        schedule(task, delay(first), period);
    }

    @Override
    public void scheduleAtFixedRate(TimerTask task, long delay, long period) {
        requirePositive(delay >= 0, "Negative delay.");
        requirePositive(period > 0, "Non-positive period.");
        begin(task, () -> pool.scheduleAtFixedRate(run(task), delay, period, TimeUnit.MILLISECONDS));
    }

    @Override
    public void scheduleAtFixedRate(TimerTask task, Date first, long period) {
        scheduleAtFixedRate(task, delay(first), period);
    }

    @Override
    public void cancel() {
        pool.getQueue().clear();
        pool.shutdown();
    }

    @Override
    public int purge() {
        return 0; // cancelled tasks are gone already
    }

    private static long delay(Date time) {
        return Math.max(0, time.getTime() - SwitchPoints.hooks().currentTimeMillis());
    }

    private static void requirePositive(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    private void begin(TimerTask task, Supplier<ScheduledFuture<?>> start) {
        if (pool.isShutdown()) {
            throw new IllegalStateException("Timer already cancelled.");
        }
        if (SCHEDULED.containsKey(task)) {
            throw new IllegalStateException("Task already scheduled or cancelled");
        }
        try {
            SCHEDULED.put(task, start.get());
        } catch (RejectedExecutionException e) {
            throw new IllegalStateException("Timer already cancelled.", e);
        }
    }

    /** A task that throws ends the timer. */
    private Runnable run(TimerTask task) {
        return () -> {
            try {
                task.run();
            } catch (Throwable e) {
                cancel();
                var thread = Thread.currentThread();
                thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
            }
        };
    }
}
