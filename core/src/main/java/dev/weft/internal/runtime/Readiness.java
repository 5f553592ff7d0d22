package dev.weft.internal.runtime;

import org.jspecify.annotations.Nullable;

/** Something that a {@link WaitingStrand} waits for. Whoever makes it ready unparks the waiter afterwards. */
@FunctionalInterface
public interface Readiness {

    /** Called often, by the waiter; must be cheap. Once true, always true. */
    boolean isReady();

    /** The thread that must do something before this becomes ready, if that is known. Called by any thread. */
    default @Nullable Thread holder() {
        return null;
    }
}
