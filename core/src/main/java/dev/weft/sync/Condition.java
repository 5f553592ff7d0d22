package dev.weft.sync;

import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Waiting, with a {@link Lock} that is free meanwhile, for something that others bring about with that lock held.
 *
 * <pre>{@code
 * condition.with(() -> condition.awaitUntil(() -> stock > 0));      // one task
 * condition.with(() -> { stock++; condition.signal(); });           // another
 * }</pre>
 *
 * <p><b>Fairness:</b> strict. A signal goes to the longest waiter, and signalled waiters get the lock in that order. A
 * signal to a waiter that is cancelled before it goes on is handed to the next one. There are no spurious wake-ups; but
 * the state that was signalled may be over again when the waiter has the lock, so use {@link #awaitUntil}.
 *
 * <p>Thread-safe; works on any thread and every runtime, and between them.
 */
public final class Condition implements Holdable {

    private final Lock lock;
    private final Permits permits;

    /** Guarded by {@link #permits}. A signalled waiter moves from here to the lock's own list. */
    private final WaitQueue waiting = new WaitQueue("a condition");

    /** A condition with a lock of its own. */
    public Condition() {
        this(new Lock());
    }

    /**
     * A condition of {@code lock}; several may share it.
     *
     * @param lock must be held by callers that wait and signal; it may be held already, and by anybody
     */
    public Condition(Lock lock) {
        this.lock = Objects.requireNonNull(lock, "lock");
        this.permits = lock.permits;
    }

    /**
     * The lock.
     *
     * @return the lock given to the constructor, or one that only this condition has
     */
    public Lock lock() {
        return lock;
    }

    /** Acquires the {@link #lock}. */
    @Override
    public Hold hold() throws InterruptedException {
        return lock.hold();
    }

    /**
     * Releases the lock, waits for a signal, and acquires the lock again.
     *
     * <p><b>Blocking:</b> until a signal has come to this caller and the lock to it. <b>Cancellation:</b> always a
     * cancellation point. When it throws, the lock is held again, however long that took; a signal that had come is
     * handed to the next waiter.
     *
     * @throws IllegalStateException if the caller does not hold the lock
     * @throws InterruptedException if the caller was interrupted or cancelled; the lock is held
     */
    public void await() throws InterruptedException {
        lock.checkHeld("await");
        Guarded.checkpoint();
        var node = new WaitNode();
        waitForSignal(node);
        try {
            node.strand.waitUntil(node);
        } catch (Throwable e) {
            var signalled = leave(node);
            node.strand.joinUntil(node);
            lock.holder(Thread.currentThread());
            if (signalled) {
                signal();
            }
            throw e;
        }
        lock.holder(Thread.currentThread());
    }

    private void waitForSignal(WaitNode node) {
        WaitNode.Rousing roused;
        var now = permits.lock();
        try {
            lock.holder(null);
            waiting.add(node);
            now = permits.serve(now + Guarded.ONE);
            roused = permits.takeRoused();
        } finally {
            permits.word = now;
        }
        Guarded.unpark(roused);
    }

    /** Has the lock given to {@code node} without a signal. @return whether there had been one */
    private boolean leave(WaitNode node) {
        boolean signalled;
        WaitNode.Rousing roused;
        var now = permits.lock();
        try {
            signalled = node.list != waiting;
            if (!signalled) {
                waiting.remove(node);
                permits.waiting.add(node);
            }
            now = permits.serve(now);
            roused = permits.takeRoused();
        } finally {
            permits.word = now;
        }
        Guarded.unpark(roused);
        return signalled;
    }

    /**
     * Waits until {@code test} holds. The test is called before the first wait and after each signal, with the lock
     * held. A caller that does not hold the lock may call this too: it returns if the test holds at once.
     *
     * <p>Blocks and is cancelled as {@link #await}.
     *
     * @param test called on the caller's thread; its exceptions are thrown from here, with the lock held as it was
     * @throws IllegalStateException if the test does not hold and the caller does not hold the lock
     * @throws InterruptedException if the caller was interrupted or cancelled
     */
    public void awaitUntil(BooleanSupplier test) throws InterruptedException {
        Objects.requireNonNull(test, "test");
        Guarded.checkpoint();
        while (!test.getAsBoolean()) {
            await();
        }
    }

    /**
     * {@link #awaitUntil} for a test that yields a value: waits until {@code attempt} gives one.
     *
     * @param <T> the type of the value
     * @param attempt called as the test of {@link #awaitUntil} is; null for "not yet"
     * @return the first value that was not null
     * @throws IllegalStateException if {@code attempt} gives null and the caller does not hold the lock
     * @throws InterruptedException if the caller was interrupted or cancelled
     */
    public <T> T awaitValue(Supplier<? extends @Nullable T> attempt) throws InterruptedException {
        Objects.requireNonNull(attempt, "attempt");
        Guarded.checkpoint();
        for (; ; ) {
            var value = attempt.get();
            if (value != null) {
                return value;
            }
            await();
        }
    }

    /**
     * Lets the longest waiter go on, once it gets the lock. Does nothing if nobody waits. Never blocks.
     *
     * @throws IllegalStateException if the caller does not hold the lock
     */
    public void signal() {
        signal(1);
    }

    /**
     * Lets the {@code count} longest waiters go on, or all if there are fewer, as each gets the lock. Never blocks.
     *
     * @param count the number of signals, from 0; more than there are waiters are not kept for later ones
     * @throws IllegalArgumentException if {@code count} is negative
     * @throws IllegalStateException if the caller does not hold the lock
     */
    public void signal(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("count must not be negative: " + count);
        }
        lock.checkHeld("signal");
        WaitNode.Rousing roused;
        var now = permits.lock();
        try {
            for (var left = count; left > 0; left--) {
                var node = waiting.poll();
                if (node == null) {
                    break;
                }
                permits.waiting.add(node);
            }
            now = permits.serve(now);
            roused = permits.takeRoused();
        } finally {
            permits.word = now;
        }
        Guarded.unpark(roused);
    }

    /**
     * Lets all waiters go on, in the order of their coming, as each gets the lock. Never blocks.
     *
     * @throws IllegalStateException if the caller does not hold the lock
     */
    public void signalAll() {
        signal(Integer.MAX_VALUE);
    }

    /**
     * Returns a snapshot of the condition.
     *
     * @return the state at one moment; later changes do not show in it
     */
    public Snapshot snapshot() {
        int size;
        List<String> names;
        var now = permits.lock();
        try {
            size = waiting.size();
            names = waiting.names();
        } finally {
            permits.word = now;
        }
        return new Snapshot(lock.snapshot(), size, names);
    }

    /** The lock's state and the number of waiters. */
    @Override
    public String toString() {
        return "Condition[" + lock + ", waiting=" + snapshot().waiting + "]";
    }

    /**
     * A condition at one moment.
     *
     * @param lock its lock; signalled waiters are among the lock's
     * @param waiting how many wait for a signal
     * @param waiters their names, the longest waiting first; at most 100
     */
    public record Snapshot(Lock.Snapshot lock, int waiting, List<String> waiters) {}
}
