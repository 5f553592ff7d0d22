package dev.weft.test;

import dev.weft.test.internal.deep.JdkWaits.Wait;
import dev.weft.test.internal.hooks.Hooks;
import dev.weft.test.internal.hooks.Point;
import dev.weft.test.internal.hooks.TimedWait;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The behaviour of rewritten classes in a deep simulation. On other threads the classes do what they did before. */
final class DeepHooks implements Hooks {

    private static final Wait END_OF_A_SLEEP = new Wait("the end of a sleep");

    @Override
    public void point(Point kind, @Nullable Object subject, String what) {
        var simulation = DeepScheduler.here();
        if (simulation != null) {
            simulation.switchPoint();
        } else {
            Leftovers.pointBesideSimulations();
        }
    }

    @Override
    public void initialize(Class<?> type) {
        var simulation = DeepScheduler.here();
        if (simulation != null) {
            simulation.initialize(type);
        }
    }

    @Override
    public void begins(Class<?> type) {
        var simulation = DeepScheduler.here();
        if (simulation != null) {
            simulation.runsInitializer(type, true);
        }
    }

    @Override
    public void ends(Class<?> type) {
        var simulation = DeepScheduler.here();
        if (simulation != null) {
            simulation.runsInitializer(type, false);
        }
    }

    @Override
    public void outside(String what) {
        var simulation = DeepScheduler.here();
        if (simulation != null) {
            simulation.usesOutside(what);
        }
    }

    // ---- time

    @Override
    public long nanoTime() {
        var simulation = atTheClock();
        return simulation == null ? Hooks.super.nanoTime() : simulation.nanoTime();
    }

    @Override
    public long currentTimeMillis() {
        var simulation = atTheClock();
        return simulation == null
                ? Hooks.super.currentTimeMillis()
                : simulation.now().toEpochMilli();
    }

    @Override
    public Instant now() {
        var simulation = atTheClock();
        return simulation == null ? Hooks.super.now() : simulation.now();
    }

    private static @Nullable DeepScheduler atTheClock() {
        var simulation = DeepScheduler.here();
        if (simulation != null) {
            simulation.clockRead();
        }
        return simulation;
    }

    /** A permit that the program is given meanwhile is not for this wait, and is handed on. */
    @Override
    public void sleep(long nanos) throws InterruptedException {
        var simulation = DeepScheduler.here();
        if (simulation == null) {
            Hooks.super.sleep(nanos);
            return;
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        var me = Thread.currentThread();
        var due = new AtomicBoolean();
        var unparks = 0;
        var timer = simulation.schedule(simulation.inNanos(nanos), () -> {
            due.set(true);
            LockSupport.unpark(me);
        });
        try {
            while (!due.get()) {
                LockSupport.park(END_OF_A_SLEEP);
                unparks++;
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
        } finally {
            timer.cancel();
            if (unparks > 1) {
                LockSupport.unpark(me);
            }
        }
    }

    @Override
    public void onSpinWait() {
        var simulation = DeepScheduler.here();
        if (simulation == null) {
            Leftovers.pointBesideSimulations();
            Thread.onSpinWait();
        } else if (simulation.abandoned) {
            Leftovers.point();
        } else {
            Thread.yield();
        }
    }

    @Override
    public void parkNanos(@Nullable Object blocker, long nanos) {
        var simulation = DeepScheduler.here();
        if (simulation == null) {
            Hooks.super.parkNanos(blocker, nanos);
            return;
        }
        var me = Thread.currentThread();
        var timer = simulation.schedule(simulation.inNanos(nanos), () -> LockSupport.unpark(me));
        try {
            LockSupport.park(blocker);
        } finally {
            timer.cancel();
        }
    }

    @Override
    public <T extends @Nullable Object> T timed(TimedWait<T> wait) throws Exception {
        var simulation = DeepScheduler.here();
        if (simulation == null) {
            return Hooks.super.timed(wait);
        }
        var end = simulation.timedEnds.begin();
        var cancel = simulation.limit(wait.nanos(), end::come);
        try {
            var result = wait.untimed().call();
            if (end.isAlone()) {
                Thread.interrupted(); // it came while the wait ended by itself
            }
            return result;
        } catch (InterruptedException e) {
            if (!end.isAlone()) {
                throw e;
            }
        } finally {
            cancel.run();
            simulation.timedEnds.forget(end);
        }
        return wait.expired().call();
    }

    @Override
    public <T> @Nullable T inner(Interruptible<T> wait) throws InterruptedException {
        var simulation = DeepScheduler.here();
        if (simulation == null) {
            return Hooks.super.inner(wait);
        }
        var end = simulation.timedEnds.begin();
        var thread = Thread.currentThread();
        simulation.innerEnds.put(thread, end::come);
        try {
            var result = wait.call();
            if (end.isAlone()) {
                Thread.interrupted(); // it came while the wait ended by itself
            }
            return result;
        } catch (InterruptedException e) {
            if (!end.isAlone()) {
                throw e;
            }
            return null;
        } finally {
            simulation.innerEnds.remove(thread);
            simulation.timedEnds.forget(end);
        }
    }

    @Override
    public boolean awaitTermination(ExecutorService executor) throws InterruptedException {
        var simulation = DeepScheduler.here();
        if (simulation == null) {
            return Hooks.super.awaitTermination(executor);
        }
        simulation.endless.add(Thread.currentThread());
        try {
            return Hooks.super.awaitTermination(executor);
        } finally {
            simulation.endless.remove(Thread.currentThread());
        }
    }

    @Override
    public void interrupt(Thread thread) {
        var simulation = DeepScheduler.here();
        if (simulation != null) {
            simulation.timedEnds.interrupted(thread);
        }
        thread.interrupt();
    }

    @Override
    public @Nullable Runnable later(long nanos, Runnable action) {
        var simulation = DeepScheduler.here();
        if (simulation == null) {
            return null;
        }
        var timer =
                simulation.schedule(simulation.inNanos(nanos), () -> simulation.startBeside("delayed action", action));
        return timer::cancel;
    }

    // ---- threads

    @Override
    public @Nullable Thread newThread(@Nullable ThreadGroup group, Runnable task, @Nullable String name) {
        var simulation = DeepScheduler.here();
        if (simulation == null) {
            return null;
        }
        var names = simulation.threadNames;
        var given = name != null && task instanceof Thread ? names.anew(name) : name;
        return Thread.ofVirtual().name(given == null ? names.thread() : given).unstarted(task);
    }

    @Override
    public @Nullable Thread inPlaceOf(Thread thread) {
        var simulation = DeepScheduler.here();
        return simulation == null ? null : simulation.standIns.add(thread);
    }

    @Override
    public boolean startsInPlaceOf(Thread thread) {
        var simulation = DeepScheduler.here();
        return simulation != null && simulation.standIns.start(thread);
    }

    @Override
    public @Nullable Thread standIn(Thread thread) {
        var simulation = DeepScheduler.here();
        return simulation == null ? null : simulation.standIns.of(thread);
    }

    @Override
    public @Nullable Thread runsInPlaceOf(Thread running) {
        var simulation = DeepScheduler.here();
        return simulation == null ? null : simulation.standIns.own(running);
    }

    @Override
    public @Nullable Set<Thread> shutdownHooks() {
        var simulation = DeepScheduler.here();
        return simulation == null ? null : simulation.shutdownHooks;
    }

    @Override
    public @Nullable ThreadFactory poolThreads() {
        var simulation = DeepScheduler.here();
        return simulation == null
                ? null
                : Thread.ofVirtual().name(simulation.threadNames.pool(), 1).factory();
    }

    @Override
    public @Nullable Executor asyncExecutor() {
        var simulation = DeepScheduler.here();
        return simulation == null
                ? null
                : task ->
                        Thread.ofVirtual().name(simulation.threadNames.worker()).start(task);
    }

    @Override
    public @Nullable RandomGenerator random() {
        var simulation = DeepScheduler.here();
        return simulation == null ? null : simulation.numbers();
    }

    @Override
    public boolean parallelStreams() {
        return DeepScheduler.here() == null;
    }
}
