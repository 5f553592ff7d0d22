package dev.weft.test.internal.deep;

import dev.weft.internal.runtime.CustomScheduling;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import org.jspecify.annotations.Nullable;

/** The owners of locks of {@code java.util.concurrent.locks}. */
final class LockOwners {

    private LockOwners() {}

    /** Null if nobody does, or that cannot be found out. */
    static @Nullable Thread of(Object blocker) {
        return blocker instanceof AbstractOwnableSynchronizer lock ? CustomScheduling.ownerOf(lock) : null;
    }
}
