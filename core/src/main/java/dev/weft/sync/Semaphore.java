package dev.weft.sync;

import java.util.List;

/**
 * A number of permits, and so of callers that may be inside at once. Anybody may release a permit; a
 * {@link BoundedSemaphore} refuses a permit that was not acquired.
 *
 * <p>Prefer the forms that cannot forget to release: {@link #with} and {@code try (var _ = semaphore.hold()) { … }}.
 *
 * <p><b>Fairness:</b> strict. A released permit goes to the longest waiter; while somebody waits nobody else gets one.
 * A waiter that is cancelled leaves, and a permit that was on its way to it goes to the next one.
 *
 * <p>Thread-safe; works on any thread and every runtime, and between them.
 */
public sealed class Semaphore implements Holdable permits BoundedSemaphore {

    private final Permits permits;
    private final Hold hold = this::release;

    /**
     * A semaphore with a number of free permits.
     *
     * @param permits the number that is free at first; with 0 every caller waits for a release
     * @throws IllegalArgumentException if {@code permits} is negative
     */
    public Semaphore(int permits) {
        this(permits, Integer.MAX_VALUE);
    }

    Semaphore(int permits, int max) {
        if (permits < 0) {
            throw new IllegalArgumentException("permits must not be negative: " + permits);
        }
        this.permits = new Permits(permits, max, "a semaphore");
    }

    Semaphore(Permits permits) {
        this.permits = permits;
    }

    /**
     * Acquires a permit.
     *
     * <p><b>Blocking:</b> until one is free that no earlier caller waits for. <b>Cancellation:</b> always a
     * cancellation point; when it throws, no permit is held.
     *
     * @throws InterruptedException if the caller was interrupted or cancelled
     */
    public void acquire() throws InterruptedException {
        permits.take(1);
    }

    /**
     * Acquires a permit if one is free and nobody waits. Never blocks.
     *
     * @return whether the caller has a permit now
     */
    public boolean tryAcquire() {
        return permits.tryTake(1);
    }

    /**
     * Releases a permit, to the longest waiter. Never blocks.
     *
     * @throws IllegalStateException if there would be more free permits than there can be: 2,147,483,647, or the number
     *     that a {@link BoundedSemaphore} began with
     */
    public void release() {
        if (!permits.give(1)) {
            throw new IllegalStateException(
                    "all " + permits.free() + " permits are free: released more often than acquired");
        }
    }

    @Override
    public Hold hold() throws InterruptedException {
        acquire();
        return hold;
    }

    /**
     * The number of free permits; 0 while somebody waits.
     *
     * @return from 0
     */
    public int availablePermits() {
        return permits.free();
    }

    /**
     * Whether an {@link #acquire} would have to wait.
     *
     * @return true if no permit is free
     */
    public boolean isLocked() {
        return permits.free() == 0;
    }

    /**
     * Returns a snapshot of the semaphore.
     *
     * @return the state at one moment; later changes do not show in it
     */
    public Snapshot snapshot() {
        var view = permits.view();
        return new Snapshot(view.free(), view.waiting(), view.waiters());
    }

    /** Number of free permits and of waiters. */
    @Override
    public String toString() {
        var snapshot = snapshot();
        var state = snapshot.permits == 0 ? "locked" : "unlocked";
        return getClass().getSimpleName() + "[" + state + ", permits=" + snapshot.permits + ", waiting="
                + snapshot.waiting + "]";
    }

    /**
     * A semaphore at one moment.
     *
     * @param permits how many are free
     * @param waiting how many wait
     * @param waiters their names, the longest waiting first; at most 100
     */
    public record Snapshot(int permits, int waiting, List<String> waiters) {}
}
