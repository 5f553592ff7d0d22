package dev.weft.cluster;

/**
 * When the calls that run on a lost member end.
 *
 * @since 0.1.0
 */
public enum OnLoss {
    /**
     * When nothing of them can run any more on a member that is alive: a member that cannot reach the caller cancels
     * the caller's handlers by itself after {@code suspectAfter}, and the caller waits a second longer than that.
     */
    STRICT,
    /** At the first news of the loss. A member that is merely cut off may still run the handler for some seconds. */
    AT_ONCE
}
