package dev.weft;

import dev.weft.runtime.Readiness;
import java.util.function.Consumer;

/** Something that an {@link Activity} can wait for. Whoever makes it ready unparks the waiter afterwards. */
@FunctionalInterface
interface Waitable {

    /** Called often, by the waiter; must be cheap. Once true, always true. */
    boolean isReady();

    /** Whether this waits for tasks that may wait for the waiter. */
    default boolean mayCloseCycle() {
        return false;
    }

    /** Visits the tasks that must end for this to become ready. Called by any thread. */
    default void forEachAwaited(Consumer<? super TaskImpl<?>> action) {}

    /** For what is waited for from another package. */
    static Waitable of(Readiness target) {
        return new Waitable() {
            @Override
            public boolean isReady() {
                return target.isReady();
            }

            @Override
            public String toString() {
                return target.toString();
            }
        };
    }
}
