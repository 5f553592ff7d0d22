package dev.weft.internal.task;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Something that a {@link WaitingStrand} can wait for. The thread that makes it ready unparks the waiter afterwards.
 */
@FunctionalInterface
public interface Awaitable {

    /** Which of the tasks that are waited for must end. */
    public enum Needs {
        ALL,
        /** One of them. */
        ANY,
        /** None: a deadline ends the wait. */
        NONE
    }

    /** The target of a sleeper: never ready. */
    Awaitable SLEEP = new Awaitable() {
        @Override
        public boolean isReady() {
            return false;
        }

        @Override
        public String toString() {
            return "sleep";
        }
    };

    /**
     * Whether the waiter may go on. Called often and must be cheap: by the waiter, and by other threads that look for
     * circles of waits. Once true, true until the waiter goes on.
     */
    boolean isReady();

    /** Whether this waits for tasks that may wait for the waiter. */
    default boolean mayCloseCycle() {
        return false;
    }

    /** Visits the tasks that must end for this to become ready. Called by any thread. */
    default void forEachAwaited(Consumer<? super TaskImpl<?>> action) {}

    /** Visits the tasks whose ends are waited for, for people to see. Called by any thread. */
    default void forEachInvolved(Consumer<? super TaskImpl<?>> action) {
        forEachAwaited(action);
    }

    /** Visits the tasks that a request is passed on to which comes while this is joined. */
    default void forEachJoined(Consumer<? super TaskImpl<?>> action) {}

    /** Which of those {@linkplain #forEachInvolved involved} must end before this becomes ready. */
    default Needs needs() {
        return Needs.ALL;
    }

    /** The thread that must do something before this becomes ready, if that is known. Called by any thread. */
    default @Nullable Thread holder() {
        return null;
    }
}
