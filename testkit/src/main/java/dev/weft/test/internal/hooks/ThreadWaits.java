package dev.weft.test.internal.hooks;

import static dev.weft.test.internal.hooks.SwitchPoints.afterCall;
import static dev.weft.test.internal.hooks.SwitchPoints.call;
import static dev.weft.test.internal.hooks.SwitchPoints.callStatic;
import static dev.weft.test.internal.hooks.SwitchPoints.timedHere;
import static dev.weft.test.internal.hooks.SwitchPoints.waits;

import dev.weft.test.internal.hooks.TimedWait.Call;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Sleeping, joining, waiting and parking. Each takes what the JDK's method takes, and returns and throws the same. */
@SuppressWarnings("WaitNotInLoop") // the loops are the callers'
public final class ThreadWaits {

    private ThreadWaits() {}

    /** In place of the JDK's. */
    @Instead(Thread.class)
    public static void sleep(long millis) throws InterruptedException {
        if (millis < 0) {
            Thread.sleep(millis); // throws the JDK's own exception
        }
        SwitchPoints.hooks().sleep(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    /** In place of the JDK's. */
    @Instead(Thread.class)
    public static void sleep(long millis, int nanos) throws InterruptedException {
        if (millis < 0 || nanos < 0 || nanos > 999_999) {
            Thread.sleep(millis, nanos);
        }
        SwitchPoints.hooks().sleep(sum(millis, nanos));
    }

    /** In place of the JDK's. */
    @Instead(Thread.class)
    public static void sleep(Duration duration) throws InterruptedException {
        SwitchPoints.hooks().sleep(Math.max(0, TimeUnit.NANOSECONDS.convert(duration)));
    }

    /** In place of the JDK's. */
    @Instead(TimeUnit.class)
    public static void sleep(TimeUnit unit, long time) throws InterruptedException {
        if (time > 0) {
            SwitchPoints.hooks().sleep(unit.toNanos(time));
        }
    }

    /** In place of the JDK's. It waits for another thread, which must be let run. */
    @Instead(Thread.class)
    public static void onSpinWait() {
        callStatic("Thread.onSpinWait");
        SwitchPoints.hooks().onSpinWait();
    }

    /** In place of the JDK's. */
    @Instead(Thread.class)
    public static void join(Thread thread, long millis) throws InterruptedException {
        join(thread, TimeUnit.MILLISECONDS.toNanos(millis), () -> thread.join(millis));
    }

    /** In place of the JDK's. */
    @Instead(Thread.class)
    public static void join(Thread thread, long millis, int nanos) throws InterruptedException {
        join(thread, sum(millis, nanos), () -> thread.join(millis, nanos));
    }

    /** In place of the JDK's. */
    @Instead(Thread.class)
    public static boolean join(Thread given, Duration duration) throws InterruptedException {
        var thread = OwnThreads.actual(given);
        if (thread.getState() == Thread.State.NEW) {
            return thread.join(duration);
        }
        call(thread, "Thread.join");
        boolean ended = timedHere(
                thread,
                "Thread.join",
                TimeUnit.NANOSECONDS.convert(duration),
                () -> thread.join(duration),
                () -> {
                    thread.join();
                    return true;
                },
                () -> false);
        afterCall("Thread.join");
        return ended;
    }

    /** In place of the JDK's. */
    @Instead(TimeUnit.class)
    public static void timedJoin(TimeUnit unit, Thread thread, long time) throws InterruptedException {
        if (time > 0) {
            join(thread, unit.toNanos(time), () -> unit.timedJoin(thread, time));
        }
    }

    private static void join(Thread given, long nanos, Action original) throws InterruptedException {
        var thread = OwnThreads.actual(given);
        call(thread, "Thread.join");
        timedHere(thread, "Thread.join", nanos, original, action(thread::join), () -> null);
        afterCall("Thread.join");
    }

    /** In place of the JDK's. */
    @Instead(value = Object.class, name = "wait")
    public static void waitFor(Object monitor, long millis) throws InterruptedException {
        waitFor(monitor, TimeUnit.MILLISECONDS.toNanos(millis), () -> monitor.wait(millis));
    }

    /** In place of the JDK's. */
    @Instead(value = Object.class, name = "wait")
    public static void waitFor(Object monitor, long millis, int nanos) throws InterruptedException {
        waitFor(monitor, sum(millis, nanos), () -> monitor.wait(millis, nanos));
    }

    /** In place of the JDK's. */
    @Instead(TimeUnit.class)
    public static void timedWait(TimeUnit unit, Object monitor, long time) throws InterruptedException {
        if (time > 0) {
            waitFor(monitor, unit.toNanos(time), () -> unit.timedWait(monitor, time));
        }
    }

    private static void waitFor(Object monitor, long nanos, Action original) throws InterruptedException {
        waits(monitor, "Object.wait");
        timedHere(monitor, "Object.wait", nanos, original, action(monitor::wait), () -> null);
        afterCall("Object.wait");
    }

    /** In place of the JDK's. */
    @Instead(LockSupport.class)
    public static void parkNanos(long nanos) {
        parkNanos(null, nanos);
    }

    /** In place of the JDK's. */
    @Instead(LockSupport.class)
    public static void parkNanos(@Nullable Object blocker, long nanos) {
        callStatic("LockSupport.parkNanos");
        if (nanos > 0) {
            SwitchPoints.hooks().parkNanos(blocker, nanos);
        }
        afterCall("LockSupport.parkNanos");
    }

    /** In place of the JDK's. */
    @Instead(LockSupport.class)
    public static void parkUntil(long deadline) {
        parkUntil(null, deadline);
    }

    /** In place of the JDK's. */
    @Instead(LockSupport.class)
    public static void parkUntil(@Nullable Object blocker, long deadline) {
        callStatic("LockSupport.parkUntil");
        var millis = deadline - SwitchPoints.hooks().currentTimeMillis();
        if (millis > 0) {
            SwitchPoints.hooks().parkNanos(blocker, TimeUnit.MILLISECONDS.toNanos(millis));
        }
        afterCall("LockSupport.parkUntil");
    }

    /** For zero the JDK waits without a limit, and for less it throws; both are the original's to do. */
    private static long sum(long millis, int nanos) {
        var sum = TimeUnit.MILLISECONDS.toNanos(millis) + nanos;
        return sum < 0 && millis > 0 ? Long.MAX_VALUE : sum;
    }

    private static Action action(Step step) {
        return step::run;
    }

    /** A step that has no result. */
    private interface Step {
        void run() throws Exception;
    }

    /** A call that has no result. */
    private interface Action extends Call<@Nullable Object> {
        void run() throws Exception;

        @Override
        default @Nullable Object call() throws Exception {
            run();
            return null;
        }
    }
}
