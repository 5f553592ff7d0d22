package dev.weft.runtime;

/** Something that a {@link WaitingStrand} can wait for. Whoever makes it ready unparks the strand afterwards. */
@FunctionalInterface
public interface Readiness {

    /** Called often, by the waiter; must be cheap. Once true, always true. */
    boolean isReady();
}
