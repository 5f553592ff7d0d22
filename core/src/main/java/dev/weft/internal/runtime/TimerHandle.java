package dev.weft.internal.runtime;

/** A timer that has been set by {@link Scheduler#schedule}. */
@FunctionalInterface
public interface TimerHandle {

    /** Takes the timer back. An action that has begun is not waited for. */
    void cancel();
}
