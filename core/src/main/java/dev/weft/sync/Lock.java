package dev.weft.sync;

import dev.weft.internal.runtime.StackReserve;
import dev.weft.internal.task.WaitingStrand;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A lock that one task (or other thread) holds at a time. Not reentrant; its holder must release it.
 *
 * <p>Prefer the forms that cannot forget to: {@link #with} and {@code try (var _ = lock.hold()) { … }}.
 *
 * <p><b>Fairness:</b> strict. A release hands the lock to the longest waiter; while somebody waits nobody else gets it.
 * A waiter that is cancelled leaves, and if the lock was on its way to it, the next one gets it.
 *
 * <p>Thread-safe; works on any thread and every runtime, and between them. A holder's actions are visible to the next
 * holder.
 */
public final class Lock implements Holdable {

    final Permits permits = new Permits(1, 1, new WaitQueue("a lock", this::holder));

    private final Hold hold = this::release;

    /** Written by the holder only, so that each thread knows for sure whether it is itself. */
    private @Nullable Thread holder;

    /** A lock that nobody holds. */
    public Lock() {}

    /**
     * Acquires the lock.
     *
     * <p><b>Blocking:</b> until all callers that came before have had it and released it; not at all if it is free.
     * <b>Cancellation:</b> always a cancellation point; when it throws, the lock is not held.
     *
     * @throws IllegalStateException if the caller holds it already, and would wait for itself for ever
     * @throws InterruptedException if the caller was interrupted or cancelled
     */
    public void acquire() throws InterruptedException {
        if (isHeldByCaller()) {
            throw new IllegalStateException("'" + WaitingStrand.nameOf(Thread.currentThread())
                    + "' holds this lock already, and it is not reentrant");
        }
        permits.take(1);
        holder = Thread.currentThread();
    }

    /**
     * Acquires the lock if it is free and nobody waits for it. Never blocks.
     *
     * @return true if the caller holds the lock now; false if anybody held it, the caller included
     */
    public boolean tryAcquire() {
        if (!permits.tryTake(1)) {
            return false;
        }
        holder = Thread.currentThread();
        return true;
    }

    /**
     * Releases the lock, to the longest waiter. Never blocks.
     *
     * @throws IllegalStateException if the caller does not hold it
     */
    public void release() {
        checkHeld("release");
        StackReserve.forCall(); // what has lost its holder must be given back
        holder = null;
        permits.give(1);
    }

    @Override
    public Hold hold() throws InterruptedException {
        acquire();
        return hold;
    }

    /**
     * Whether the lock is held.
     *
     * @return true also while the lock is on its way to the longest waiting caller
     */
    public boolean isLocked() {
        return permits.free() == 0;
    }

    /**
     * Whether the calling thread holds the lock.
     *
     * @return false on every other thread; another caller's hold may begin or end at any time
     */
    public boolean isHeldByCaller() {
        return holder == Thread.currentThread();
    }

    /**
     * A new condition of this lock; several may share it.
     *
     * @return a condition on which nobody waits yet
     */
    public Condition newCondition() {
        return new Condition(this);
    }

    /**
     * Returns a snapshot of the lock.
     *
     * @return the state at one moment; later changes do not show in it
     */
    public Snapshot snapshot() {
        var view = permits.view();
        var locked = view.free() == 0;
        var by = locked ? holder : null; // written before or after the permits: the permits decide
        return new Snapshot(locked, by == null ? null : WaitingStrand.nameOf(by), view.waiting(), view.waiters());
    }

    /** State, holder and number of waiters. */
    @Override
    public String toString() {
        var snapshot = snapshot();
        var by = snapshot.holder == null ? "" : " by " + snapshot.holder;
        var state = snapshot.locked ? "locked" + by : "unlocked";
        return "Lock[" + state + ", waiting=" + snapshot.waiting + "]";
    }

    /**
     * A lock at one moment.
     *
     * @param locked whether it is held, or on its way to the longest waiter
     * @param holder the holder's name; null while it is not locked, or on its way
     * @param waiting how many wait
     * @param waiters their names, the longest waiting first; at most 100
     */
    public record Snapshot(boolean locked, @Nullable String holder, int waiting, List<String> waiters) {}

    void checkHeld(String call) {
        if (!isHeldByCaller()) {
            var by = holder;
            throw new IllegalStateException(call + " by '" + WaitingStrand.nameOf(Thread.currentThread())
                    + "', which does not hold the lock; it is "
                    + (by == null ? "not held: acquire it first" : "held by '" + WaitingStrand.nameOf(by) + "'"));
        }
    }

    private @Nullable Thread holder() {
        return holder;
    }

    /** The caller passes the lock on, or it has been passed to the caller, not by way of the methods above. */
    void holder(@Nullable Thread newHolder) {
        holder = newHolder;
    }
}
