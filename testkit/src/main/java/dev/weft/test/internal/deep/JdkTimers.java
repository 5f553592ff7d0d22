package dev.weft.test.internal.deep;

import dev.weft.internal.runtime.CustomScheduling;
import dev.weft.internal.runtime.TimerHandle;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Delayed;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Has the timed waits of strands end in the order of the virtual clock. */
public final class JdkTimers {

    private static boolean intercepted;

    private JdkTimers() {}

    /** A simulation's. */
    public interface Clock {

        /** Does {@code action} {@code nanos} from now, and in real time not before. On a carrier. @return cancels it */
        Future<?> after(long nanos, Runnable action);
    }

    /** From now on, those are asked of {@code here} that it has a clock for, when it is called on their carrier. */
    public static synchronized void intercept(Supplier<@Nullable Clock> here) {
        if (!intercepted) {
            CustomScheduling.replaceTimers(timers -> intercepting(timers, here));
            intercepted = true;
        }
    }

    private static ScheduledExecutorService intercepting(
            ScheduledExecutorService timers, Supplier<@Nullable Clock> here) {
        return (ScheduledExecutorService) Proxy.newProxyInstance(
                JdkTimers.class.getClassLoader(),
                new Class<?>[] {ScheduledExecutorService.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("schedule") && arguments[0] instanceof Runnable action) {
                        var clock = here.get();
                        if (clock != null) {
                            return clock.after(((TimeUnit) arguments[2]).toNanos((long) arguments[1]), action);
                        }
                    }
                    try {
                        return method.invoke(timers, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /**
     * Has {@code schedule} do {@code action}, which looks at the JDK's clock: before that has come it is waited for.
     *
     * @return cancels it
     */
    public static Future<?> after(long nanos, Runnable action, Function<Runnable, TimerHandle> schedule) {
        var due = System.nanoTime() + nanos;
        var timer = schedule.apply(() -> {
            for (var left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                if (left > 20_000) {
                    LockSupport.parkNanos(left);
                } else {
                    Thread.onSpinWait();
                }
            }
            action.run();
        });
        return new Due(timer);
    }

    /** The JDK's view of {@code timer}, which has its action done without regard to the JDK's clock. */
    public static Future<?> unawaited(TimerHandle timer) {
        return new Due(timer);
    }

    private static final class Due extends CompletableFuture<Object> implements ScheduledFuture<Object> {
        private final TimerHandle timer;

        Due(TimerHandle timer) {
            this.timer = timer;
        }

        @Override
        public boolean cancel(boolean interrupts) {
            timer.cancel();
            return super.cancel(interrupts);
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return 0;
        }

        @Override
        public int compareTo(Delayed other) {
            return 0;
        }
    }
}
