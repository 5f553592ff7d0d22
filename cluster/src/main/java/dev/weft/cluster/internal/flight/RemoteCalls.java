package dev.weft.cluster.internal.flight;

import dev.weft.Task;
import dev.weft.Weft;
import dev.weft.cluster.CallOutcome;
import java.util.Locale;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/**
 * Records calls, if anybody has asked for that. Until the flight recorder is used in this process, no event class is
 * loaded, and a call costs one look at a flag.
 */
public final class RemoteCalls {

    private static final boolean AVAILABLE =
            ModuleLayer.boot().findModule("jdk.jfr").isPresent();

    private RemoteCalls() {}

    /** A call that has begun, to be ended by {@link #ended}. Used by one thread at a time. */
    public static final class Begun {
        private final RemoteCallEvent event = new RemoteCallEvent();

        private Begun() {
            event.begin();
        }
    }

    /**
     * Facts about a call at its end.
     *
     * @param isCaller whether this is the caller's side
     */
    public record Facts(
            boolean isCaller,
            String call,
            String handler,
            String caller,
            String member,
            int attempt,
            CallOutcome outcome,
            long queuedNanos) {}

    /** A call begins now. Null if nobody records. */
    public static @Nullable Begun begin() {
        return AVAILABLE && FlightRecorder.isInitialized() ? begun() : null;
    }

    private static @Nullable Begun begun() {
        var begun = new Begun();
        if (!begun.event.isEnabled()) {
            return null;
        }
        begun.event.task = Weft.currentTask().map(Task::name).orElse("");
        return begun;
    }

    public static void ended(@Nullable Begun begun, Facts facts) {
        if (begun == null || !begun.event.shouldCommit()) {
            return;
        }
        var event = begun.event;
        event.side = facts.isCaller() ? "caller" : "member";
        event.call = facts.call();
        event.handler = facts.handler();
        event.caller = facts.caller();
        event.member = facts.member();
        event.attempt = facts.attempt();
        event.outcome = facts.outcome().name().toLowerCase(Locale.ROOT);
        event.queued = facts.queuedNanos();
        event.commit();
    }
}
