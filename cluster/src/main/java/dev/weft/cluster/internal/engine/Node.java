package dev.weft.cluster.internal.engine;

import dev.weft.Registration;
import dev.weft.ReturnWhen;
import dev.weft.Run;
import dev.weft.Task;
import dev.weft.TaskContext;
import dev.weft.TaskOptions;
import dev.weft.Weft;
import dev.weft.cluster.ClusterListener;
import dev.weft.cluster.HandlerVersion;
import dev.weft.cluster.Member;
import dev.weft.cluster.Workers.Snapshot;
import dev.weft.cluster.internal.wire.Bundle;
import dev.weft.cluster.internal.wire.Frame;
import dev.weft.cluster.internal.wire.Frame.Ask;
import dev.weft.cluster.internal.wire.Frame.Beat;
import dev.weft.cluster.internal.wire.Frame.Bye;
import dev.weft.cluster.internal.wire.Frame.Cancel;
import dev.weft.cluster.internal.wire.Frame.End;
import dev.weft.cluster.internal.wire.Frame.Grant;
import dev.weft.cluster.internal.wire.Frame.Hello;
import dev.weft.cluster.internal.wire.Frame.Invoke;
import dev.weft.cluster.internal.wire.Frame.Reject;
import dev.weft.cluster.internal.wire.Frame.Told;
import dev.weft.cluster.internal.wire.Frame.Want;
import dev.weft.cluster.internal.wire.FrameFormatException;
import dev.weft.cluster.internal.wire.FrameHead;
import dev.weft.diagnostics.TaskDump;
import dev.weft.sync.Event;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One member of a cluster: a caller, and if it serves handlers, a worker. */
public final class Node implements Transport.Receiver, Sessions.Events {

    private static final Duration FLUSH = Duration.ofSeconds(2);

    private final NodeState state;
    private final Sessions sessions;
    private final Credits credits;
    private final Callers callers;
    private final Serving serving;
    private final Introspection introspection;
    private final Run run;
    private final Event wake = new Event();
    private final Event closed = new Event();

    /** Guarded. */
    private long lastTick;

    private boolean isClosing;
    private volatile boolean isClosed;
    private @Nullable Task<?> ticker;
    private Runnable whenStopped = () -> {};

    public Node(Settings settings, Transport transport, Run run, News news, List<Served> served) {
        this.state = new NodeState(settings, transport, news);
        this.run = run;
        sessions = new Sessions(state, this);
        credits = new Credits(state, sessions);
        callers = new Callers(state, sessions, credits);
        serving = new Serving(state, sessions, run, served);
        introspection = new Introspection(state, sessions, run);
        state.wakeTicker = () -> state.guard.later(wake::set);
        lastTick = state.clock.nanos();
    }

    /** Joins the cluster. Blocks as the transport's start does. */
    public void open() throws Exception {
        var options =
                TaskOptions.named("cluster clock of " + state.settings.name()).context(TaskContext.empty());
        var clock = run.createTask(options, this::keepTime);
        clock.onDone(task -> whenStopped.run()); // also if the run ends before it has begun
        ticker = clock;
        try {
            state.transport.start(this);
        } catch (Throwable e) {
            stop();
            throw e;
        }
    }

    /** See {@link Callers#call}. */
    public <R extends @Nullable Object> R call(
            HandlerVersion handler, Supplier<Request> request, Function<? super Ended, ? extends R> result)
            throws InterruptedException {
        Reserve.ofStack();
        return callers.call(handler, request, result);
    }

    /** From now on. */
    public Registration listen(ClusterListener listener) {
        return state.news.add(listener);
    }

    public InetSocketAddress localAddress() {
        return state.transport.localAddress();
    }

    public List<Member> members() {
        Reserve.ofStack();
        return state.guard.ask(
                () -> sessions.usable().stream().map(session -> session.member).toList());
    }

    /** The tasks of this process, and below its calls those of the handlers. Blocks for two seconds at most. */
    public TaskDump dump(int frames) throws InterruptedException {
        Reserve.ofStack();
        return introspection.dump(frames);
    }

    /** Before {@link #open}: {@code action} is run once or more, when this node has stopped. */
    public void whenStopped(Runnable action) {
        whenStopped = action;
    }

    /** The counts of this node, and the calls that are under way. */
    public Snapshot numbers() {
        Reserve.ofStack();
        return state.guard.ask(() -> Numbers.of(state, callers, credits, serving));
    }

    /**
     * Takes no new calls, lets running handlers end within {@code grace}, then cancels them, then this side's own
     * calls, joins all, and leaves the cluster. Returns when all of that is done, in every call.
     */
    public void close(Duration grace) throws InterruptedException {
        Reserve.ofStack();
        serving.checkOutside();
        var isFirst = state.guard.ask(() -> {
            var first = !isClosing;
            isClosing = true;
            return first;
        });
        if (!isFirst) {
            closed.await();
            return;
        }
        try {
            drain(grace);
        } finally {
            Weft.uninterrupted(this::leave);
            closed.set();
        }
    }

    private void drain(Duration grace) throws InterruptedException {
        var idle = new Event();
        state.guard.with(() -> {
            state.draining = true;
            sessions.tellAll();
            serving.onIdle(idle::set);
        });
        Weft.moveOnAfter(grace, idle::await);
    }

    private void leave() throws InterruptedException {
        var idle = new Event();
        state.guard.with(() -> {
            serving.cancelAll("the member " + state.settings.name() + " leaves");
            serving.onIdle(idle::set);
        });
        idle.await();
        var returned = new Event();
        state.guard.with(() -> callers.close(returned::set));
        returned.await();
        var alone = new Event();
        state.guard.with(() -> sessions.leave(alone::set));
        Weft.moveOnAfter(FLUSH, alone::await);
        state.transport.close(FLUSH);
        stop();
    }

    private void stop() throws InterruptedException {
        isClosed = true;
        wake.set();
        var task = ticker;
        if (task != null) {
            Weft.waitUntil(ReturnWhen.ALL_COMPLETED, List.of(task));
        }
        state.guard.with(sessions::endAll);
        whenStopped.run();
    }

    // ---- time

    private void keepTime() throws InterruptedException {
        try {
            while (!isClosed) {
                try {
                    wake.clear();
                    var due = state.guard.ask(this::tick);
                    Weft.moveOnAfter(due == EngineClock.NEVER ? Weft.FOREVER : state.clock.until(due), wake::await);
                } catch (RuntimeException
                        | Error e) { // as for want of memory: calls would wait for ever without a clock
                    state.news.report("the clock of the member " + state.settings.name(), e);
                    Reserve.awaitMemory();
                }
            }
        } catch (InterruptedException e) {
            // the run ends, and nobody has closed this node: nothing may go on without its clock
            isClosed = true;
            try {
                state.transport.close(Duration.ZERO);
            } finally {
                state.guard.with(() -> {
                    state.draining = true;
                    sessions.endAll();
                    callers.close();
                });
            }
            throw e;
        }
    }

    private long tick() {
        lastTick = state.clock.nanos();
        return Math.min(sessions.tick(lastTick), credits.tick(lastTick));
    }

    // ---- from the transport

    @Override
    public void view(Set<PeerId> members) {
        state.guard.with(() -> {
            if (!isClosed) {
                sessions.view(members);
            }
        });
    }

    @Override
    public void message(PeerId from, byte[] message) {
        try {
            handle(from, message);
        } catch (Throwable e) { // a frame is lost, which somebody may wait for
            state.guard.with(() -> sessions.broken(from, e));
        }
    }

    private void handle(PeerId from, byte[] message) {
        var frames = new ArrayList<ReadFrame>();
        try {
            if (message.length > state.settings.maxFrame()) {
                throw new FrameFormatException("a frame of " + message.length + " bytes");
            }
            for (var bytes : Bundle.frames(message)) {
                frames.add(ReadFrame.of(bytes));
            }
        } catch (FrameFormatException e) {
            frames.add(ReadFrame.broken(message.length, e));
        }
        state.guard.with(() -> frames.forEach(frame -> received(from, frame)));
    }

    private void received(PeerId from, ReadFrame read) {
        state.counts.bytesIn += read.size();
        var frame = read.frame();
        if (frame == null) {
            state.counts.refused++;
            var why = read.broken();
            if (!why.isEmpty()) {
                state.guard.later(
                        () -> state.news.tell(listener -> listener.refused("a frame of " + from + ": " + why)));
            }
        } else if (!isClosed) {
            received(from, read.head(), frame);
        }
    }

    @Override
    public void refused(String what) {
        state.guard.with(() -> {
            state.counts.refusedConnections++;
        });
        state.news.tell(listener -> listener.refused(what));
    }

    @Override
    public void failed(String what, Throwable thrown) {
        state.news.report(what, thrown);
    }

    private void received(PeerId from, FrameHead head, Frame frame) {
        if (state.clock.nanos() - lastTick > state.settings.suspectNanos()) {
            tick(); // this process was frozen: first of all, what it ran for others is cancelled
        }
        if (frame instanceof Hello hello) {
            sessions.hello(from, head, hello);
            return;
        }
        var session = sessions.heard(from, head);
        if (session == null) {
            state.counts.dropped++;
            return;
        }
        if (session.isOver()) {
            receivedLate(session, frame);
            return;
        }
        switch (frame) {
            case Hello hello -> throw new AssertionError("a session is not needed for " + hello);
            case Grant grant -> credits.granted(session, grant);
            case Want want -> serving.wanted(session, want);
            case Invoke invoke -> serving.invoked(session, invoke);
            case Cancel cancel -> serving.cancelled(session, cancel);
            case End end -> callers.ended(session, end);
            case Reject reject -> callers.rejected(session, reject);
            case Beat beat -> {
                callers.beaten(session, beat);
                sessions.beaten(session);
            }
            case Bye bye -> sessions.bye(session);
            case Ask ask -> introspection.asked(session, ask);
            case Told told -> introspection.told(session, told);
        }
    }

    /** A call may have ended before its member was lost. */
    private void receivedLate(Session session, Frame frame) {
        switch (frame) {
            case End end -> callers.ended(session, end);
            case Reject reject -> callers.rejected(session, reject);
            case Bye bye -> callers.left(session);
            default -> state.counts.dropped++;
        }
    }

    // ---- from the sessions

    @Override
    public void over(Session session) {
        serving.over(session);
    }

    @Override
    public void left(Session session) {
        callers.left(session);
    }

    @Override
    public void lost(Session session) {
        callers.lost(session);
    }

    @Override
    public void changed() {
        serving.divide();
        credits.membersChanged();
    }
}
