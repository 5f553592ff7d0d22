package dev.weft.faults;

import dev.weft.sync.Condition;

/** A thread that runs nothing of Weft's is interrupted as it waits for a signal. Tells what is held afterwards. */
public final class InterruptedWaits implements Runnable {

    private final Condition condition = new Condition();

    /** Of one condition. */
    public InterruptedWaits() {}

    @Override
    public void run() {
        var waiter = Thread.ofVirtual().start(this::awaitSignal);
        while (waiter.isAlive() && waiter.getState() != Thread.State.WAITING) {
            Thread.yield(); // no call of Weft's, whose allocations would be those that fail
        }
        waiter.interrupt();
        try {
            waiter.join();
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts this thread", e);
        }
    }

    private void awaitSignal() {
        try {
            condition.with(() -> condition.await());
        } catch (InterruptedException | OutOfMemoryError e) {
            // as it is meant to, or for want of memory
        }
    }

    @Override
    public String toString() {
        return condition.toString();
    }
}
