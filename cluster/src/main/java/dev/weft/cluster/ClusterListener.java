package dev.weft.cluster;

import java.time.Duration;

/**
 * Is told what happens in some {@link Workers}: for logs, alerts and metrics. Given to
 * {@link WorkersBuilder#listener(ClusterListener)} or {@link Workers#listen(ClusterListener)}.
 *
 * <p>Called by the threads of the transport and of the calls, by several at once, and under no lock. So news of
 * different threads may come in another order than they happened. The news of a call's end comes before the call
 * returns.
 *
 * <p><b>Blocking:</b> must not block: calls and members wait for the listener. An exception that it throws is reported
 * as a {@link dev.weft.Problem.Kind#CALLBACK_FAILURE} of the run, and harms nothing.
 *
 * @since 0.1.0
 */
public interface ClusterListener {

    /**
     * Calls can be placed on a member from now on.
     *
     * @param member as it has told of itself
     * @since 0.1.0
     */
    default void memberJoined(Member member) {}

    /**
     * A member has left in good order.
     *
     * @param member as last seen
     * @since 0.1.0
     */
    default void memberLeft(Member member) {}

    /**
     * A member is silent, cannot be seen, or has given this one up. No more calls are placed on it, and those that are
     * open there will end as lost. If it comes back, it joins again.
     *
     * @param member as last seen
     * @since 0.1.0
     */
    default void memberSuspected(Member member) {}

    /**
     * A call of this side has ended.
     *
     * @param call which, how, and after how long
     * @since 0.1.0
     */
    default void callEnded(EndedCall call) {}

    /**
     * A handler has ended on this side.
     *
     * @param call what it ran for
     * @param outcome how it has ended; {@code EXPIRED} if the caller's deadline had passed
     * @param ran how long it ran
     * @since 0.1.0
     */
    default void handlerEnded(Call call, CallOutcome outcome, Duration ran) {}

    /**
     * A stranger was refused: a peer without the right certificate, or one that sent bytes that are not a frame.
     *
     * @param what in words, with the address if it is known
     * @since 0.1.0
     */
    default void refused(String what) {}
}
