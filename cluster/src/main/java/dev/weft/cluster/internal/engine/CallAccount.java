package dev.weft.cluster.internal.engine;

import dev.weft.CancelledException;
import dev.weft.Deadline;
import dev.weft.cluster.CallOutcome;
import dev.weft.cluster.EndedCall;
import dev.weft.cluster.Member;
import dev.weft.cluster.internal.flight.RemoteCalls;
import dev.weft.cluster.internal.wire.Frame.How;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** One call at its caller, from its beginning to its one outcome. Of the caller's thread. */
final class CallAccount {

    final String handler;
    final String callId;

    /** The context that travels with it. */
    final Map<String, String> context;

    /** Of the first attempt. */
    final long token;

    private final long begunAt;
    private final RemoteCalls.@Nullable Begun event;

    long queuedNanos;

    /** How many times it was sent. */
    int sent;

    @Nullable
    Member member;

    @Nullable
    Ended ended;

    CallAccount(String handler, String callId, long token, long begunAt, Map<String, String> context) {
        this.context = context;
        this.handler = handler;
        this.callId = callId;
        this.token = token;
        this.begunAt = begunAt;
        this.event = RemoteCalls.begin();
    }

    /** The outcome of a call that is about to return, or to throw {@code thrown}. */
    CallOutcome outcome(@Nullable Throwable thrown) {
        return switch (ended) {
            case Ended.ByLoss loss -> CallOutcome.LOST;
            case Ended.ByHandler done
            when done.end().how() == How.VALUE -> thrown == null ? CallOutcome.OK : CallOutcome.FAILED;
            case Ended.ByHandler done -> Serving.outcome(done.end());
            case null -> withoutEnd(thrown);
        };
    }

    private static CallOutcome withoutEnd(@Nullable Throwable thrown) {
        if (thrown instanceof InterruptedException e) {
            return isExpired(e) ? CallOutcome.EXPIRED : CallOutcome.CANCELLED;
        }
        return thrown instanceof CancellationException ? CallOutcome.CANCELLED : CallOutcome.FAILED;
    }

    /** Whether it was a limit that stopped the call; any other reason is a cancellation. */
    private static boolean isExpired(InterruptedException e) {
        return e instanceof CancelledException
                && Deadline.current().map(Deadline::hasPassed).orElse(false);
    }

    /** In the flight recording, if there is one. */
    void record(CallOutcome outcome, String caller) {
        if (event == null) {
            return;
        }
        var last = member;
        RemoteCalls.ended(
                event,
                new RemoteCalls.Facts(
                        true,
                        callId,
                        handler,
                        caller,
                        last == null ? "" : last.toString(),
                        sent,
                        outcome,
                        queuedNanos));
    }

    /** For listeners. */
    EndedCall ended(CallOutcome outcome, long now) {
        return new EndedCall(
                handler,
                callId,
                Optional.ofNullable(member),
                sent,
                outcome,
                Duration.ofNanos(queuedNanos),
                Duration.ofNanos(now - begunAt));
    }
}
