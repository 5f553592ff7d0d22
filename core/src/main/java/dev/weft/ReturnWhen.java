package dev.weft;

/** What {@link Weft#waitUntil waitUntil} waits for. */
public enum ReturnWhen {
    /** All tasks have ended. */
    ALL_COMPLETED,
    /** At least one task has ended, however. */
    FIRST_COMPLETED,
    /** At least one task has failed or was cancelled, or all have ended. */
    FIRST_EXCEPTION
}
