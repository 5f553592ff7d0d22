package dev.weft.internal.runtime;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A lock for short sections, at most as long as the list of what has just arrived; no section waits for anything. A
 * thread that finds it taken spins. A monitor would have virtual threads that meet there parked and started again,
 * which takes a hundred times as long. Not reentrant.
 *
 * <p>A section is {@code lock.lock()}, {@code try}, and {@code lock.taken = false} in the {@code finally} of the same
 * method: a store, not a call, so that no StackOverflowError can come before it.
 */
public final class BriefLock {

    private static final VarHandle TAKEN = Fields.handle(MethodHandles.lookup(), "taken", boolean.class);

    /** By TAKEN too. */
    public volatile boolean taken;

    public void lock() {
        StackReserve.forSection();
        for (var spins = 0; !TAKEN.compareAndSet(this, false, true); spins++) {
            Spinning.pause(spins);
        }
    }
}
