package dev.weft.sync;

import java.util.List;
import java.util.concurrent.BrokenBarrierException;

/**
 * A meeting point of a fixed number of parties: nobody goes on before all have come. Then it can be used again.
 *
 * <p>Unlike with {@link java.util.concurrent.CyclicBarrier}, a waiter that is cancelled or timed out just leaves, and
 * the barrier stays usable; it breaks only by {@link #abort}, and for those present by {@link #reset}.
 *
 * <p>Thread-safe; works on any thread and every runtime, and between them. The actions of each party before it came are
 * visible to all when they go on.
 */
public final class Barrier {

    private final int parties;
    private final BarrierCycles cycles;

    /**
     * A barrier for a fixed number of parties.
     *
     * @param parties the number of callers of {@link #await} that make it complete, from 1; with 1 nobody ever waits
     * @throws IllegalArgumentException if {@code parties} is less than 1
     */
    public Barrier(int parties) {
        if (parties < 1) {
            throw new IllegalArgumentException("parties must be at least 1, not " + parties);
        }
        this.parties = parties;
        this.cycles = new BarrierCycles(parties);
    }

    /**
     * Waits until all parties have come.
     *
     * <p><b>Blocking:</b> until the last one calls this, which itself does not wait. <b>Cancellation:</b> always a
     * cancellation point. A cancelled waiter leaves: it counts as not having come, unless all had. <b>Order:</b>
     * waiters go on in the order of their coming, after the last one.
     *
     * @return the caller's place in the order of coming, from 0 to {@link #parties} - 1; so one and only one gets 0
     * @throws BrokenBarrierException if the barrier is {@linkplain #abort aborted}, or was {@linkplain #reset reset} or
     *     aborted before the caller went on
     * @throws InterruptedException if the caller was interrupted or cancelled
     */
    public int await() throws BrokenBarrierException, InterruptedException {
        return cycles.await();
    }

    /**
     * Breaks the barrier for the present waiters: they get a {@link BrokenBarrierException}, and the next caller begins
     * anew. If all had come and some have not gone on yet, it breaks for those only, and callers that have come since
     * then wait on. An aborted barrier becomes usable again. Never blocks.
     */
    public void reset() {
        cycles.reset();
    }

    /** Breaks the barrier for present and later callers, until it is {@link #reset}. Never blocks. */
    public void abort() {
        cycles.abort();
    }

    /**
     * The number of parties.
     *
     * @return the number given to the constructor
     */
    public int parties() {
        return parties;
    }

    /**
     * The number of callers that wait for others to come.
     *
     * @return from 0 to {@link #parties} - 1; 0 as soon as the last party has come
     */
    public int waiting() {
        return snapshot().waiting;
    }

    /**
     * Whether it has been aborted, and not been reset since.
     *
     * @return true from {@link #abort} until {@link #reset}
     */
    public boolean isBroken() {
        return snapshot().broken;
    }

    /**
     * Returns a snapshot of the barrier.
     *
     * @return the state at one moment; later changes do not show in it
     */
    public Snapshot snapshot() {
        return cycles.snapshot();
    }

    /** State, number of waiters and of parties. */
    @Override
    public String toString() {
        var snapshot = snapshot();
        var state = snapshot.broken ? "broken" : snapshot.draining > 0 ? "draining" : "filling";
        return "Barrier[" + state + ", waiting=" + snapshot.waiting + " of " + parties + "]";
    }

    /**
     * A barrier at one moment.
     *
     * @param parties how many it takes
     * @param waiting how many wait for others to come
     * @param draining how many need not wait any more, but have not gone on yet
     * @param broken whether it has been aborted
     * @param waiters the names of the waiters, the longest waiting first; at most 100
     */
    public record Snapshot(int parties, int waiting, int draining, boolean broken, List<String> waiters) {}
}
