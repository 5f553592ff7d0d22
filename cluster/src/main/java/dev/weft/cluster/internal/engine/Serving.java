package dev.weft.cluster.internal.engine;

import dev.weft.Deadline;
import dev.weft.Outcome;
import dev.weft.Run;
import dev.weft.Task;
import dev.weft.TaskContext;
import dev.weft.TaskOptions;
import dev.weft.Weft;
import dev.weft.cluster.CallOutcome;
import dev.weft.cluster.internal.flight.RemoteCalls;
import dev.weft.cluster.internal.wire.Frame;
import dev.weft.cluster.internal.wire.Frame.Cancel;
import dev.weft.cluster.internal.wire.Frame.End;
import dev.weft.cluster.internal.wire.Frame.Grant;
import dev.weft.cluster.internal.wire.Frame.How;
import dev.weft.cluster.internal.wire.Frame.Invoke;
import dev.weft.cluster.internal.wire.Frame.Reject;
import dev.weft.cluster.internal.wire.Frame.Want;
import dev.weft.cluster.internal.wire.Frame.Why;
import dev.weft.cluster.internal.wire.FrameBodies;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The member's side: runs handlers as tasks, tells callers how they ended, and divides the limit among the callers. */
final class Serving {

    private final NodeState node;
    private final Sessions sessions;
    private final Run run;
    private final Map<String, Served> handlers = new HashMap<>();

    /** All that has not ended, of sessions that are over, too. Guarded. */
    private final Set<RunningCall> running = new LinkedHashSet<>();

    private @Nullable Runnable onIdle;

    Serving(NodeState node, Sessions sessions, Run run, List<Served> served) {
        this.node = node;
        this.sessions = sessions;
        this.run = run;
        served.forEach(one -> handlers.put(one.handler().name(), one));
    }

    // ---- what callers tell; with the lock held

    void invoked(Session session, Invoke invoke) {
        if (invoke.id() <= session.lastCall) {
            node.counts.refused++; // they come in order; an outbox that had no memory may send one twice
            return;
        }
        session.lastCall = invoke.id();
        var served = handlers.get(invoke.handler());
        if (node.draining) {
            reject(session, invoke, Why.DRAINING);
        } else if (served == null || !accepts(served, invoke.version())) {
            reject(session, invoke, Why.UNKNOWN);
        } else if (running.size() >= node.settings.limit()) {
            session.owed = true;
            session.granted = 0;
            session.held = 0;
            reject(session, invoke, Why.NO_SLOT);
        } else if (invoke.remainingNanos() == 0) {
            node.send(session, Frame.ended(invoke.id(), How.EXPIRED, Frame.NOTHING));
        } else {
            var deadline = invoke.remainingNanos() == Long.MAX_VALUE
                    ? Deadline.never()
                    : Deadline.after(Duration.ofNanos(invoke.remainingNanos()));
            var call = new RunningCall(session, invoke, deadline, node.clock.nanos());
            node.guard.later(() -> start(call, served));
            session.running.put(invoke.id(), call);
            running.add(call);
            node.counts.ran++;
        }
    }

    private static boolean accepts(Served served, int version) {
        return version >= served.handler().oldest()
                && version <= served.handler().version();
    }

    private void reject(Session session, Invoke invoke, Why why) {
        node.send(session, new Reject(invoke.id(), why));
    }

    void cancelled(Session session, Cancel cancel) {
        var call = session.running.get(cancel.id());
        if (call != null) {
            cancel(call, cancel.reason(), true);
        }
    }

    void wanted(Session session, Want want) {
        session.demand = want.demand();
        if (want.sequence() == session.sentGrant) {
            session.held = session.granted;
        }
        divide();
    }

    /** The caller is lost, or has given the session up. */
    void over(Session session) {
        List.copyOf(session.running.values())
                .forEach(call -> cancel(call, "the caller " + session.member + " is lost", true));
        divide();
    }

    private void cancel(RunningCall call, String reason, boolean byCaller) {
        if (call.cancelled == null) {
            call.cancelled = reason;
            call.cancelledByCaller = byCaller;
            var task = call.task;
            if (task != null) {
                node.guard.later(() -> task.cancel(reason));
            }
        }
    }

    // ---- running

    private void start(RunningCall call, Served served) {
        Consumer<Task<Optional<End>>> whenDone = ended -> ended(call, ended.outcome());
        Task<Optional<End>> task;
        try {
            var options = TaskOptions.named(call.name()).context(TaskContext.empty());
            task = run.createTask(options, () -> execute(call, served));
        } catch (IllegalStateException e) { // the run takes no tasks any more
            node.guard.with(() -> {
                finished(call);
                if (!call.session.isOver()) {
                    reject(call.session, call.invoke, Why.DRAINING);
                }
            });
            return;
        } catch (Throwable e) { // as for want of memory
            ended(call, new Outcome.Failure<>(e));
            return;
        }
        watch(task, whenDone);
        var reason = node.guard.ask(() -> {
            call.task = task;
            return Optional.ofNullable(call.cancelled);
        });
        reason.ifPresent(task::cancel);
    }

    private static <T> void watch(Task<T> task, Consumer<Task<T>> whenDone) {
        for (; ; ) {
            try {
                task.onDone(whenDone);
                return;
            } catch (OutOfMemoryError e) { // nobody would learn of its end
                Reserve.awaitMemory();
            }
        }
    }

    /** Tells of the end. Its place is free then, and its caller knows, or the session is broken. */
    private void ended(RunningCall call, Outcome<Optional<End>> outcome) {
        End end = null;
        byte[] body = Frame.NOTHING;
        try {
            end = end(call, outcome);
            body = FrameBodies.write(end);
            tell(call, outcome(end));
        } catch (Throwable e) {
            node.news.report("the end of " + call.name(), e);
        } finally {
            answer(call, end, body);
        }
    }

    private void answer(RunningCall call, @Nullable End end, byte[] body) {
        node.guard.with(() -> {
            finished(call);
            if (body.length == 0 || end == null) {
                call.session.broken(new IllegalStateException("the end of " + call.name() + " could not be told"));
            } else if (!call.session.isOver()) {
                node.send(call.session, end, body);
            }
        });
    }

    private void tell(RunningCall call, CallOutcome outcome) {
        var info = call.info;
        var event = call.event;
        if (event != null) {
            RemoteCalls.ended(
                    event,
                    new RemoteCalls.Facts(
                            false,
                            info.id(),
                            info.handler(),
                            info.caller().toString(),
                            node.self,
                            info.attempt(),
                            outcome,
                            0));
        }
        if (node.news.isWanted()) {
            var ran = Duration.ofNanos(node.clock.nanos() - call.begunAt);
            node.news.tell(listener -> listener.handlerEnded(info, outcome, ran));
        }
    }

    static CallOutcome outcome(End end) {
        return switch (end.how()) {
            case VALUE -> CallOutcome.OK;
            case CANCELLED, STOPPED -> CallOutcome.CANCELLED;
            case EXPIRED -> CallOutcome.EXPIRED;
            case DECLARED, FAILED, CODEC, TOO_LARGE -> CallOutcome.FAILED;
        };
    }

    private Optional<End> execute(RunningCall call, Served served) throws Exception {
        call.runner = Thread.currentThread();
        call.event = RemoteCalls.begin();
        var invoke = call.invoke;
        return Weft.moveOnAt(call.deadline, () -> {
            var restored = node.contexts.restore(invoke.context());
            try {
                return served.run(call.info, invoke.argument(), invoke.id());
            } catch (Throwable e) {
                if (!(e instanceof InterruptedException)) {
                    call.failure = served.failure(e, invoke.id());
                }
                throw e;
            } finally {
                node.contexts.undo(restored);
            }
        });
    }

    private static End end(RunningCall call, Outcome<Optional<End>> outcome) {
        var id = call.invoke.id();
        return switch (outcome) {
            case Outcome.Success<Optional<End>>(var end) ->
                end.orElseGet(() -> Frame.ended(id, How.EXPIRED, Frame.NOTHING));
            case Outcome.Cancelled<Optional<End>> cancelled ->
                call.cancelledByCaller
                        ? Frame.ended(id, How.CANCELLED, Frame.NOTHING)
                        : new End(id, How.STOPPED, Frame.NOTHING, "", String.valueOf(cancelled.cancellation()), "");
            case Outcome.Failure<Optional<End>>(var thrown) -> {
                var failure = call.failure;
                yield failure != null
                        ? failure
                        : new End(
                                id, How.FAILED, Frame.NOTHING, thrown.getClass().getName(), "", "");
            }
        };
    }

    private void finished(RunningCall call) {
        running.remove(call);
        call.session.running.remove(call.invoke.id());
        divide();
        noteIdle();
    }

    /** @throws IllegalStateException on the thread of a handler of this node, which would wait for itself */
    void checkOutside() {
        var current = Thread.currentThread();
        var own = node.guard.ask(
                () -> running.stream().filter(call -> call.runner == current).findFirst());
        own.ifPresent(call -> {
            throw new IllegalStateException("the handler of " + call.name() + " closes its own member, which would wait"
                    + " for it: have a task of the run do that, or the code that has opened the member");
        });
    }

    // ---- credits

    /** With the lock held: divides the limit, and tells the callers whose share is another now. */
    void divide() {
        var limit = node.settings.limit();
        if (limit == 0 || node.draining) {
            return;
        }
        var callers = sessions.usable();
        var demands = new int[callers.size()];
        for (var i = 0; i < demands.length; i++) {
            demands[i] = callers.get(i).demand;
        }
        var shares = Shares.divide(limit, demands);
        var left = limit;
        for (var i = 0; i < callers.size(); i++) {
            var caller = callers.get(i);
            if (shares[i] < caller.granted) {
                grant(caller, shares[i]);
            }
            left -= Math.max(caller.held, caller.running.size());
        }
        left -= runningForOthers(callers);
        for (var i = 0; i < callers.size(); i++) {
            left -= raise(callers.get(i), shares[i], left);
        }
    }

    private int raise(Session caller, int share, int left) {
        var more = share - caller.granted;
        if (more <= 0 || (caller.owed && running.size() >= node.settings.limit())) {
            return 0;
        }
        var taken = Math.max(caller.held, caller.running.size());
        var free = left + taken - caller.granted; // of what it holds beyond its share, it may have all back
        var next = caller.granted + Math.min(more, Math.max(free, caller.granted == 0 ? 1 : 0));
        if (next <= caller.granted) {
            return 0;
        }
        caller.owed = false;
        grant(caller, next);
        caller.held = Math.max(caller.held, next);
        return Math.max(caller.held, caller.running.size()) - taken;
    }

    private void grant(Session caller, int share) {
        caller.granted = share;
        node.send(caller, new Grant(++caller.sentGrant, share));
    }

    /**
     * The calls that still run for callers that are gone. Asked at each end of a call, so it does not look at all of
     * them.
     */
    private int runningForOthers(List<Session> callers) {
        var count = running.size();
        for (var caller : callers) {
            count -= caller.running.size();
        }
        return count;
    }

    // ---- the end; with the lock held

    int running() {
        return running.size();
    }

    /** {@code idle} is run, without the lock, once nothing runs. */
    void onIdle(Runnable idle) {
        onIdle = idle;
        noteIdle();
    }

    void cancelAll(String reason) {
        List.copyOf(running).forEach(call -> cancel(call, reason, false));
    }

    private void noteIdle() {
        var idle = onIdle;
        if (running.isEmpty() && idle != null) {
            onIdle = null;
            node.guard.later(idle);
        }
    }
}
