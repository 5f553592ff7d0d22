package dev.weft;

import dev.weft.runtime.Spinning;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A lock that is held for a few instructions and never while anything is waited for: who finds it taken spins. A
 * monitor would have virtual threads that meet there parked and started again, which takes a hundred times as long. Not
 * reentrant.
 */
final class BriefLock {

    private static final VarHandle TAKEN;

    static {
        try {
            TAKEN = MethodHandles.lookup().findVarHandle(BriefLock.class, "taken", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings("UnusedVariable") // by TAKEN
    private volatile boolean taken;

    void lock() {
        for (var spins = 0; !TAKEN.compareAndSet(this, false, true); spins++) {
            Spinning.pause(spins);
        }
    }

    void unlock() {
        TAKEN.setRelease(this, false);
    }
}
