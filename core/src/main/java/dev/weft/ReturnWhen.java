package dev.weft;

/** The condition that {@link Weft#waitUntil waitUntil} waits for. */
public enum ReturnWhen {
    /** All tasks have ended. */
    ALL_COMPLETED,
    /** At least one task has ended, however. */
    FIRST_COMPLETED,
    /** At least one task has failed, or all have ended. A cancelled task has not failed. */
    FIRST_EXCEPTION
}
