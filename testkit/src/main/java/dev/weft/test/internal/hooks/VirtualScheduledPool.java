package dev.weft.test.internal.hooks;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A scheduled pool on the clock of the hooks. The JDK's queue of delayed tasks waits in real time; so its tasks say
 * that they are due never, until the hooks' clock has come to their time. Then a task that does nothing, and is due at
 * once, has a worker look again.
 */
final class VirtualScheduledPool extends ScheduledThreadPoolExecutor {

    /** More than anybody waits, and less than what overflows. */
    private static final long NEVER = Long.MAX_VALUE / 4;

    private final AtomicLong sequence = new AtomicLong();
    private final AtomicLong looks = new AtomicLong();

    VirtualScheduledPool(int threads, ThreadFactory factory) {
        super(threads, factory);
    }

    VirtualScheduledPool(int threads, ThreadFactory factory, RejectedExecutionHandler handler) {
        super(threads, factory, handler);
    }

    private static long now() {
        return SwitchPoints.hooks().nanoTime();
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        return super.schedule(new Command(command, unit.toNanos(delay), 0), 0, TimeUnit.NANOSECONDS);
    }

    @Override
    public <V extends @Nullable Object> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
        return super.schedule(new Task<>(task, new Moment(unit.toNanos(delay))), 0, TimeUnit.NANOSECONDS);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long initial, long period, TimeUnit unit) {
        return super.scheduleAtFixedRate(
                new Command(command, unit.toNanos(initial), unit.toNanos(period)), 0, period, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long initial, long delay, TimeUnit unit) {
        return super.scheduleWithFixedDelay(
                new Command(command, unit.toNanos(initial), -unit.toNanos(delay)), 0, delay, unit);
    }

    @Override
    protected <V> RunnableScheduledFuture<V> decorateTask(Runnable runnable, RunnableScheduledFuture<V> task) {
        return new Due<>(task, ((Command) runnable).moment);
    }

    @Override
    protected <V> RunnableScheduledFuture<V> decorateTask(Callable<V> callable, RunnableScheduledFuture<V> task) {
        return new Due<>(task, ((Task<V>) callable).moment);
    }

    /** Without the tasks that do nothing. */
    @Override
    public long getCompletedTaskCount() {
        return super.getCompletedTaskCount() - looks.get();
    }

    @Override
    public List<Runnable> shutdownNow() {
        var left = super.shutdownNow();
        left.removeIf(LookAgain.class::isInstance);
        return left;
    }

    private void lookAgain() {
        if (!isTerminated()) {
            getQueue().add(new LookAgain());
        }
    }

    /** The time at which a task is due. */
    private final class Moment {
        private final long number = sequence.getAndIncrement();
        private volatile long due;
        private volatile @Nullable Runnable cancelTimer;

        Moment(long delay) {
            in(delay);
        }

        void in(long delay) {
            var now = now();
            due = now + Math.clamp(delay, 0, NEVER);
            arm(now);
        }

        void later(long period) {
            var before = due; // only the task's own thread writes it
            due = before + period;
            arm(now());
        }

        private void arm(long now) {
            var left = due - now;
            if (left > 0) {
                cancelTimer = SwitchPoints.hooks().later(left, this::come);
            }
        }

        private void come() {
            var now = now();
            if (due - now > 0) {
                arm(now);
            } else {
                lookAgain();
            }
        }

        void cancel() {
            var cancel = cancelTimer;
            if (cancel != null) {
                cancel.run();
            }
        }
    }

    /** A user's task; of a positive period for a rate, of a negative one for a delay, of zero for once. */
    private final class Command implements Runnable {
        private final Runnable task;
        private final Moment moment;
        private final long period;

        Command(@Nullable Runnable task, long delay, long period) {
            if (task == null) {
                throw new NullPointerException();
            }
            this.task = task;
            this.moment = new Moment(delay);
            this.period = period;
        }

        @Override
        public void run() {
            task.run();
            if (period > 0) {
                moment.later(period);
            } else if (period < 0) {
                moment.in(-period);
            }
        }
    }

    private record Task<V extends @Nullable Object>(Callable<V> task, Moment moment) implements Callable<V> {
        @Override
        public V call() throws Exception {
            return task.call();
        }
    }

    /** The JDK's future of a task, due on the hooks' clock. */
    private final class Due<V> implements RunnableScheduledFuture<V> {
        private final RunnableScheduledFuture<V> future;
        private final Moment moment;

        Due(RunnableScheduledFuture<V> future, Moment moment) {
            this.future = future;
            this.moment = moment;
        }

        /** For the queue: zero, or never. For others: the time left. */
        @Override
        public long getDelay(TimeUnit unit) {
            var left = moment.due - now();
            return unit.convert(left > 0 && unit == TimeUnit.NANOSECONDS ? NEVER : left, TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            if (!(other instanceof Due<?> due)) {
                return other == this ? 0 : 1;
            }
            var times = Long.compare(moment.due, due.moment.due);
            return times != 0 ? times : Long.compare(moment.number, due.moment.number);
        }

        @Override
        public boolean isPeriodic() {
            return future.isPeriodic();
        }

        @Override
        public void run() {
            future.run();
        }

        @Override
        public boolean cancel(boolean interrupts) {
            var cancelled = future.cancel(interrupts);
            if (cancelled) {
                moment.cancel();
                if (getRemoveOnCancelPolicy()) {
                    remove(this);
                }
            }
            return cancelled;
        }

        @Override
        public boolean isCancelled() {
            return future.isCancelled();
        }

        @Override
        public boolean isDone() {
            return future.isDone();
        }

        @Override
        public V get() throws InterruptedException, ExecutionException {
            return future.get();
        }

        @Override
        public V get(long time, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
            return future.get(time, unit);
        }
    }

    /** Is due before all others, and does nothing. */
    private final class LookAgain implements RunnableScheduledFuture<Object> {

        @Override
        public long getDelay(TimeUnit unit) {
            return 0;
        }

        @Override
        public int compareTo(Delayed other) {
            return other instanceof LookAgain ? 0 : -1;
        }

        @Override
        public boolean isPeriodic() {
            return false;
        }

        @Override
        public void run() {
            looks.incrementAndGet();
        }

        @Override
        public boolean cancel(boolean interrupts) {
            return false;
        }

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public boolean isDone() {
            return true;
        }

        @Override
        public @Nullable Object get() {
            return null;
        }

        @Override
        public @Nullable Object get(long time, TimeUnit unit) {
            return null;
        }
    }
}
