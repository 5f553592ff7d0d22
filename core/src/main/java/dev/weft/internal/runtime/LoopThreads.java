package dev.weft.internal.runtime;

/** How the strands of an event loop get to run. The order is the same. */
public enum LoopThreads {
    /** On the JDK's own scheduler: each passes the turn to the next. */
    BATON,
    /** One after the other on one platform thread; needs {@link CustomScheduling}. */
    CARRIER,
    /**
     * As {@link #CARRIER}; and a strand that waits in the JDK gives its turn away, as do the threads that it starts.
     */
    DEEP;

    /**
     * The threads that users get: one carrier if they ask for it by {@code -Dweft.carrier=true}, and this JVM has it.
     */
    public static LoopThreads chosen() {
        return Boolean.getBoolean("weft.carrier") && CustomScheduling.isAvailable() ? CARRIER : BATON;
    }
}
