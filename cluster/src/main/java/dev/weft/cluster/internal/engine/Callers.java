package dev.weft.cluster.internal.engine;

import dev.weft.CancelledException;
import dev.weft.Deadline;
import dev.weft.Weft;
import dev.weft.cluster.CallOutcome;
import dev.weft.cluster.HandlerVersion;
import dev.weft.cluster.internal.engine.OpenCall.Result;
import dev.weft.cluster.internal.wire.Frame.Beat;
import dev.weft.cluster.internal.wire.Frame.Cancel;
import dev.weft.cluster.internal.wire.Frame.End;
import dev.weft.cluster.internal.wire.Frame.How;
import dev.weft.cluster.internal.wire.Frame.Invoke;
import dev.weft.cluster.internal.wire.Frame.Reject;
import dev.weft.cluster.internal.wire.FrameBodies;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The caller's side: sends calls, and waits for how they end. */
final class Callers {

    private static final Duration A_MOMENT = Duration.ofMillis(1);
    private static final Duration IN_PASSING = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final NodeState node;
    private final Sessions sessions;
    private final Credits credits;
    private final AtomicLong lastToken = new AtomicLong();

    /** Calls that have not returned. Guarded. */
    private int calling;

    private @Nullable Runnable onIdle;

    Callers(NodeState node, Sessions sessions, Credits credits) {
        this.node = node;
        this.sessions = sessions;
        this.credits = credits;
    }

    /**
     * Runs a call. A cancellation point. When it returns or throws, the handler has ended, or its member is known lost,
     * or it has never begun.
     *
     * @param request made as a part of the call, so that what it throws is the outcome of this
     * @param result what the call returns or throws when it has ended so
     * @throws CancellationException if these workers are closed
     */
    <R extends @Nullable Object> R call(
            HandlerVersion handler, Supplier<Request> request, Function<? super Ended, ? extends R> result)
            throws InterruptedException {
        var token = lastToken.incrementAndGet();
        var callId = node.id + "-" + token;
        var account = new CallAccount(handler.name(), callId, token, node.clock.nanos(), node.contexts.capture());
        var number = node.guard.ask(() -> {
            node.counts.called++;
            calling++;
            return credits.nextNumber();
        });
        Throwable thrown = null;
        try {
            var ended = place(request.get(), number, account);
            account.ended = ended;
            return result.apply(ended);
        } catch (Throwable e) {
            thrown = e;
            throw e;
        } finally {
            close(account, account.outcome(thrown));
        }
    }

    /** Listeners are told of each call before it is counted, and it is counted once. */
    private void close(CallAccount account, CallOutcome outcome) {
        try {
            account.record(outcome, node.self);
            if (node.news.isWanted()) {
                var call = account.ended(outcome, node.clock.nanos());
                node.news.tell(listener -> listener.callEnded(call));
            }
        } finally {
            node.guard.with(() -> {
                node.counts.ended(outcome);
                calling--;
                noteIdle();
            });
        }
    }

    private Ended place(Request request, long first, CallAccount account) throws InterruptedException {
        var token = account.token;
        var number = first;
        for (var attempts = 0; ; ) {
            var session = acquire(request, number, account);
            var call = attempt(request, session, attempts + 1, token, account);
            if (call == null) {
                continue;
            }
            account.sent++;
            account.member = session.member;
            number = 0; // from now on it goes before all that come later
            var result = await(call);
            var end = call.end;
            if (result == Result.NOT_BEGUN) {
                continue;
            }
            attempts++;
            if (end != null) {
                if (end.how() == How.EXPIRED) {
                    awaitOwnLimit(PATIENCE);
                }
                return new Ended.ByHandler(call.session.member, end);
            }
            if (attempts > request.retries()) {
                return new Ended.ByLoss(call.session.member, call.hasBegun(), attempts);
            }
            node.guard.with(() -> {
                node.counts.retried++;
            });
            token = lastToken.incrementAndGet();
        }
    }

    private Session acquire(Request request, long number, CallAccount account) throws InterruptedException {
        var since = node.clock.nanos();
        try {
            return credits.acquire(request, number);
        } finally {
            account.queuedNanos += node.clock.nanos() - since;
        }
    }

    /** Sends the call. @return null if there is no time or no session left for it */
    private @Nullable OpenCall attempt(Request request, Session session, int attempt, long token, CallAccount account)
            throws InterruptedException {
        try {
            var left = remaining();
            if (left <= 0) {
                awaitOwnLimit(IN_PASSING);
            }
            // what cleans up after its limit is not under it any more
            return send(request, session, attempt, token, account, left <= 0 ? Long.MAX_VALUE : left);
        } catch (Throwable e) { // nothing was sent
            node.guard.with(() -> credits.release(session));
            throw e;
        }
    }

    private @Nullable OpenCall send(
            Request request, Session session, int attempt, long token, CallAccount account, long remaining) {
        var handler = request.handler();
        return node.guard.<@Nullable OpenCall>ask(() -> {
            var version = session.commonVersion(handler);
            if (session.isOver() || node.closing || version == 0) {
                credits.release(session);
                return null;
            }
            var call = new OpenCall(session.nextId, session, handler.name());
            var invoke = new Invoke(
                    call.id,
                    handler.name(),
                    version,
                    remaining,
                    attempt,
                    token,
                    account.callId,
                    request.argument(),
                    account.context);
            var body = FrameBodies.write(invoke);
            session.open.put(call.id, call);
            session.nextId++; // from here on nothing fails
            session.reserved--;
            call.sentAt = node.clock.nanos();
            call.ticket = node.send(session, invoke, body);
            node.counts.sent++;
            return call;
        });
    }

    private static long remaining() {
        var deadline = Deadline.current();
        if (deadline.isEmpty()) {
            return Long.MAX_VALUE;
        }
        var remaining = deadline.get().remaining();
        return remaining.compareTo(Weft.FOREVER) >= 0 ? Long.MAX_VALUE : remaining.toNanos();
    }

    /**
     * Waits for the caller's own limit to stop it. The remote limit is only a net under that: the own one says more,
     * and is what the caller's code expects. Returns if it does not come: it was moved, or it has stopped the caller
     * already, which now cleans up.
     */
    private static void awaitOwnLimit(Duration patience) throws InterruptedException {
        var until = Deadline.after(patience);
        for (var own = Deadline.current(); own.isPresent(); own = Deadline.current()) {
            var remaining = own.get().remaining();
            if (until.hasPassed() || remaining.compareTo(patience) > 0) {
                return;
            }
            Weft.sleep(remaining.compareTo(A_MOMENT) > 0 ? remaining : A_MOMENT);
        }
    }

    private Result await(OpenCall call) throws InterruptedException {
        try {
            call.done.await();
        } catch (Throwable e) {
            try {
                cancel(call, reason(e));
            } finally {
                Weft.uninterrupted(call.done::await);
            }
            throw e;
        }
        var result = call.result;
        if (result == null) {
            throw new AssertionError("the call has not ended");
        }
        return result;
    }

    private static String reason(Throwable e) {
        return e instanceof CancelledException cancelled
                ? cancelled.cancellation().toString()
                : "the caller has left with " + e.getClass().getName();
    }

    private void cancel(OpenCall call, String reason) {
        var frame = new Cancel(call.id, reason);
        node.guard.with(() -> {
            if (call.result != null || call.session.isOver()) {
                return; // it has ended; or its loss ends it
            }
            var ticket = call.ticket;
            if (ticket != null && node.withdrawOr(ticket, call.session, frame)) {
                finish(call, Result.NOT_BEGUN, null);
            }
        });
    }

    // ---- what members tell; with the lock held

    void ended(Session session, End end) {
        var call = session.open.get(end.id());
        if (call != null) {
            node.roundTrips.add(node.clock.nanos() - call.sentAt);
            finish(call, Result.ENDED, end);
        } else {
            node.counts.dropped++;
        }
    }

    void rejected(Session session, Reject reject) {
        var call = session.open.get(reject.id());
        if (call == null) {
            node.counts.dropped++;
            return;
        }
        node.counts.rejected++;
        switch (reject.why()) {
            case NO_SLOT -> session.share = Math.min(session.share, session.open.size() - 1);
            case UNKNOWN -> session.refused.add(call.handler);
            case DRAINING -> session.share = 0;
        }
        finish(call, Result.NOT_BEGUN, null);
    }

    void beaten(Session session, Beat beat) {
        session.confirmedCall = Math.max(session.confirmedCall, beat.lastCall());
    }

    /** A member that drains rejects calls before it leaves; so those that are open have not begun. */
    void left(Session session) {
        session.share = 0;
        for (var call : List.copyOf(session.open.values())) {
            finish(call, Result.NOT_BEGUN, null);
        }
    }

    /** The calls of a session are lost. */
    void lost(Session session) {
        for (var call : List.copyOf(session.open.values())) {
            finish(call, Result.LOST, null);
        }
    }

    private void finish(OpenCall call, Result result, @Nullable End end) {
        node.guard.later(call.done::set);
        call.result = result;
        call.end = end;
        call.session.open.remove(call.id);
        credits.serve();
    }

    int open() {
        var open = 0;
        for (var session : sessions.all()) {
            open += session.open.size();
        }
        return open;
    }

    int calling() {
        return calling;
    }

    /** Cancels all calls. {@code idle} is run once all have returned. */
    void close(Runnable idle) {
        onIdle = idle;
        close();
    }

    /** Cancels all calls, while somebody may wait for them already. */
    void close() {
        node.closing = true;
        credits.closeAll();
        for (var session : sessions.all()) {
            for (var call : List.copyOf(session.open.values())) {
                var frame = new Cancel(call.id, "the caller's workers are closed");
                var ticket = call.ticket;
                if (ticket != null && !session.isOver() && node.withdrawOr(ticket, session, frame)) {
                    finish(call, Result.NOT_BEGUN, null);
                }
            }
        }
        noteIdle();
    }

    private void noteIdle() {
        var idle = onIdle;
        if (calling == 0 && idle != null) {
            onIdle = null;
            node.guard.later(idle);
        }
    }
}
