package dev.weft;

/** Something that an {@link Activity} can wait for. Whoever makes it ready unparks the waiter afterwards. */
@FunctionalInterface
interface Waitable {

    /** Never ready: to wait until a deadline or a cancellation. */
    Waitable NEVER = () -> false;

    /** Called often, by the waiter; must be cheap. Once true, always true. */
    boolean isReady();
}
