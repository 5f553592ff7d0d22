package dev.weft.cluster.internal.engine;

import dev.weft.Deadline;
import dev.weft.Task;
import dev.weft.cluster.Call;
import dev.weft.cluster.internal.flight.RemoteCalls;
import dev.weft.cluster.internal.wire.Frame.End;
import dev.weft.cluster.internal.wire.Frame.Invoke;
import org.jspecify.annotations.Nullable;

/** One attempt of a call, at the member that runs it. Guarded, but for {@link #failure}. */
final class RunningCall {

    final Session session;
    final Invoke invoke;
    final Deadline deadline;
    final Call info;
    final long begunAt;

    /** Null unless recorded. Written by the task. */
    volatile RemoteCalls.@Nullable Begun event;

    @Nullable
    Task<?> task;

    /** The handler's thread, once it runs. */
    volatile @Nullable Thread runner;

    /** Why it was cancelled, or null. */
    @Nullable
    String cancelled;

    /** Whether that was the caller's wish. */
    boolean cancelledByCaller;

    /** The handler's exception as the caller is told it. Written by the task. */
    volatile @Nullable End failure;

    RunningCall(Session session, Invoke invoke, Deadline deadline, long begunAt) {
        this.begunAt = begunAt;
        this.info = new Call(
                invoke.handler(), invoke.callId(), session.member, invoke.version(), invoke.attempt(), invoke.token());
        this.session = session;
        this.invoke = invoke;
        this.deadline = deadline;
    }

    /** The name of the handler's task. */
    String name() {
        return invoke.handler() + "#" + invoke.id() + " for " + session.member.name();
    }
}
