package dev.weft.cluster.internal.engine;

import dev.weft.cluster.HandlerVersion;
import dev.weft.cluster.RemoteContext;
import java.time.Duration;
import java.util.List;

/**
 * The settings of a node.
 *
 * @param atOnce whether calls end at the first news of a loss
 * @param introspection whether callers are told what their handlers do
 * @param local whether this member's calls may run on itself
 */
public record Settings(
        String name,
        int limit,
        List<HandlerVersion> handlers,
        Duration suspectAfter,
        boolean atOnce,
        boolean local,
        int maxFrame,
        List<RemoteContext> contexts,
        boolean introspection) {

    public Settings {
        handlers = List.copyOf(handlers);
        contexts = List.copyOf(contexts);
    }

    /** By then the lease of a member that cannot hear this one has run out, and it has cancelled. */
    static final Duration AFTER_LEASE = Duration.ofSeconds(1);

    long suspectNanos() {
        return suspectAfter.toNanos();
    }

    /** How long after the last sign of life the calls on a lost member end. */
    long lostNanos() {
        return suspectAfter.plus(AFTER_LEASE).toNanos();
    }

    /** A stamp is back after a beat and a quarter at most; so a pause of three quarters of a lease does not end it. */
    long beatNanos() {
        return Math.min(1_000_000_000L, suspectNanos() / 6);
    }
}
