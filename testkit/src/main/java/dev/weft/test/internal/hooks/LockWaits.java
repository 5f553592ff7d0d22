package dev.weft.test.internal.hooks;

import static dev.weft.test.internal.hooks.SwitchPoints.afterCall;
import static dev.weft.test.internal.hooks.SwitchPoints.call;
import static dev.weft.test.internal.hooks.SwitchPoints.timed;
import static dev.weft.test.internal.hooks.SwitchPoints.timedHere;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.Date;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.AbstractQueuedSynchronizer;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.StampedLock;
import org.jspecify.annotations.Nullable;

/** Timed waits for locks and the like. Each takes what the JDK's method takes, and returns and throws the same. */
@SuppressWarnings({"WaitNotInLoop", "JavaUtilDate"}) // the loops, and the dates, are the callers'
public final class LockWaits {

    private LockWaits() {}

    /** In place of the JDK's. */
    @Instead(Lock.class)
    public static boolean tryLock(Lock lock, long time, TimeUnit unit) throws InterruptedException {
        return timed(
                lock,
                "Lock.tryLock",
                time,
                unit,
                () -> lock.tryLock(time, unit),
                () -> {
                    lock.lockInterruptibly();
                    return true;
                },
                lock::tryLock);
    }

    /** In place of the JDK's. The class is a user's, and the method final. */
    @Instead(AbstractQueuedSynchronizer.class)
    public static boolean tryAcquireNanos(AbstractQueuedSynchronizer sync, int argument, long nanos)
            throws InterruptedException {
        call(sync, "AbstractQueuedSynchronizer.tryAcquireNanos");
        boolean acquired = timedHere(
                sync,
                "AbstractQueuedSynchronizer.tryAcquireNanos",
                nanos,
                () -> sync.tryAcquireNanos(argument, nanos),
                () -> {
                    sync.acquireInterruptibly(argument);
                    return true;
                },
                () -> sync.tryAcquireNanos(argument, 0));
        afterCall("AbstractQueuedSynchronizer.tryAcquireNanos");
        return acquired;
    }

    /** In place of the JDK's. The class is a user's, and the method final. */
    @Instead(AbstractQueuedSynchronizer.class)
    public static boolean tryAcquireSharedNanos(AbstractQueuedSynchronizer sync, int argument, long nanos)
            throws InterruptedException {
        call(sync, "AbstractQueuedSynchronizer.tryAcquireSharedNanos");
        boolean acquired = timedHere(
                sync,
                "AbstractQueuedSynchronizer.tryAcquireSharedNanos",
                nanos,
                () -> sync.tryAcquireSharedNanos(argument, nanos),
                () -> {
                    sync.acquireSharedInterruptibly(argument);
                    return true;
                },
                () -> sync.tryAcquireSharedNanos(argument, 0));
        afterCall("AbstractQueuedSynchronizer.tryAcquireSharedNanos");
        return acquired;
    }

    /** In place of the JDK's. */
    @Instead(StampedLock.class)
    public static long tryReadLock(StampedLock lock, long time, TimeUnit unit) throws InterruptedException {
        return timed(
                lock,
                "StampedLock.tryReadLock",
                time,
                unit,
                () -> lock.tryReadLock(time, unit),
                lock::readLockInterruptibly,
                lock::tryReadLock);
    }

    /** In place of the JDK's. */
    @Instead(StampedLock.class)
    public static long tryWriteLock(StampedLock lock, long time, TimeUnit unit) throws InterruptedException {
        return timed(
                lock,
                "StampedLock.tryWriteLock",
                time,
                unit,
                () -> lock.tryWriteLock(time, unit),
                lock::writeLockInterruptibly,
                lock::tryWriteLock);
    }

    /** In place of the JDK's. */
    @Instead(Condition.class)
    public static boolean await(Condition condition, long time, TimeUnit unit) throws InterruptedException {
        return timed(
                condition,
                "Condition.await",
                time,
                unit,
                () -> condition.await(time, unit),
                () -> {
                    condition.await();
                    return true;
                },
                () -> false);
    }

    /** In place of the JDK's. */
    @Instead(Condition.class)
    public static long awaitNanos(Condition condition, long nanos) throws InterruptedException {
        var deadline = SwitchPoints.hooks().nanoTime() + nanos;
        return timed(
                condition,
                "Condition.awaitNanos",
                nanos,
                TimeUnit.NANOSECONDS,
                () -> condition.awaitNanos(nanos),
                () -> {
                    condition.await();
                    return deadline - SwitchPoints.hooks().nanoTime();
                },
                () -> Math.min(0, deadline - SwitchPoints.hooks().nanoTime()));
    }

    /** In place of the JDK's. */
    @Instead(Condition.class)
    public static boolean awaitUntil(Condition condition, Date deadline) throws InterruptedException {
        return timed(
                condition,
                "Condition.awaitUntil",
                Math.max(1, deadline.getTime() - SwitchPoints.hooks().currentTimeMillis()),
                TimeUnit.MILLISECONDS,
                () -> condition.awaitUntil(deadline),
                () -> {
                    condition.await();
                    return true;
                },
                () -> false);
    }

    /** In place of the JDK's. */
    @Instead(CountDownLatch.class)
    public static boolean await(CountDownLatch latch, long time, TimeUnit unit) throws InterruptedException {
        return timed(
                latch,
                "CountDownLatch.await",
                time,
                unit,
                () -> latch.await(time, unit),
                () -> {
                    latch.await();
                    return true;
                },
                () -> latch.getCount() == 0);
    }

    /** In place of the JDK's. An interrupt breaks the barrier, as a limit does. */
    @Instead(CyclicBarrier.class)
    public static int await(CyclicBarrier barrier, long time, TimeUnit unit)
            throws InterruptedException, BrokenBarrierException, TimeoutException {
        return timed(
                barrier, "CyclicBarrier.await", time, unit, () -> barrier.await(time, unit), barrier::await, () -> {
                    throw new TimeoutException();
                });
    }

    /** In place of the JDK's. */
    @Instead(Phaser.class)
    public static int awaitAdvanceInterruptibly(Phaser phaser, int phase, long time, TimeUnit unit)
            throws InterruptedException, TimeoutException {
        return timed(
                phaser,
                "Phaser.awaitAdvanceInterruptibly",
                time,
                unit,
                () -> phaser.awaitAdvanceInterruptibly(phase, time, unit),
                () -> phaser.awaitAdvanceInterruptibly(phase),
                () -> {
                    throw new TimeoutException();
                });
    }

    /** In place of the JDK's. */
    @Instead(Semaphore.class)
    public static boolean tryAcquire(Semaphore semaphore, long time, TimeUnit unit) throws InterruptedException {
        return timed(
                semaphore,
                "Semaphore.tryAcquire",
                time,
                unit,
                () -> semaphore.tryAcquire(time, unit),
                () -> {
                    semaphore.acquire();
                    return true;
                },
                semaphore::tryAcquire);
    }

    /** In place of the JDK's. */
    @Instead(Semaphore.class)
    public static boolean tryAcquire(Semaphore semaphore, int permits, long time, TimeUnit unit)
            throws InterruptedException {
        return timed(
                semaphore,
                "Semaphore.tryAcquire",
                time,
                unit,
                () -> semaphore.tryAcquire(permits, time, unit),
                () -> {
                    semaphore.acquire(permits);
                    return true;
                },
                () -> semaphore.tryAcquire(permits));
    }

    /** In place of the JDK's. */
    @Instead(ReferenceQueue.class)
    public static <T> @Nullable Reference<? extends T> remove(ReferenceQueue<T> queue, long millis)
            throws InterruptedException {
        return timed(
                queue,
                "ReferenceQueue.remove",
                millis,
                TimeUnit.MILLISECONDS,
                () -> queue.remove(millis),
                queue::remove,
                queue::poll);
    }
}
