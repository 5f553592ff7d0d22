package dev.weft.cluster.internal.wire;

import dev.weft.cluster.HandlerVersion;
import dev.weft.diagnostics.Entry;
import java.util.List;
import java.util.Map;

/** A message between members within a session. {@link FrameBodies} writes and reads them. */
@SuppressWarnings("ArrayRecordComponent") // frames are not compared, and their bytes not changed
public sealed interface Frame {

    /** Begins or confirms a session; the {@link FrameHead} has its number. */
    record Hello(String name, int limit, boolean draining, List<HandlerVersion> handlers) implements Frame {
        public Hello {
            handlers = List.copyOf(handlers);
        }
    }

    /**
     * From a member to a caller: how many calls the caller may have open here.
     *
     * @param sequence confirmed by {@link Want}
     */
    record Grant(long sequence, int share) implements Frame {}

    /**
     * From a caller to a member: how many calls it has or would like to have open there.
     *
     * @param sequence of the last grant received, which the caller keeps to from now on
     */
    record Want(long sequence, int demand) implements Frame {}

    /**
     * The call itself.
     *
     * @param id of this attempt, within the session; grows
     * @param remainingNanos the caller's time left at sending; {@link Long#MAX_VALUE} if it has no deadline
     * @param callId the same for all attempts
     * @param context what else the handler is to find
     */
    record Invoke(
            long id,
            String handler,
            int version,
            long remainingNanos,
            int attempt,
            long token,
            String callId,
            byte[] argument,
            Map<String, String> context)
            implements Frame {

        public Invoke(
                long id,
                String handler,
                int version,
                long remainingNanos,
                int attempt,
                long token,
                String callId,
                byte[] argument) {
            this(id, handler, version, remainingNanos, attempt, token, callId, argument, Map.of());
        }
    }

    /** The caller does not want the result any more. */
    record Cancel(long id, String reason) implements Frame {}

    /**
     * The handler has ended.
     *
     * @param value the result of {@link How#VALUE}, the exception of {@link How#DECLARED}
     * @param type the name of the exception's class
     */
    record End(long id, How how, byte[] value, String type, String message, String stack) implements Frame {}

    /** The call has not begun and can be placed again. */
    record Reject(long id, Why why) implements Frame {}

    /**
     * Keeps the session alive, by its head.
     *
     * @param lastCall the greatest id of the calls that have come
     */
    record Beat(long lastCall) implements Frame {}

    /** The sender leaves; nothing follows. */
    record Bye() implements Frame {}

    /** From a caller: what do the handlers of my calls do? */
    record Ask(long id, int frames) implements Frame {}

    /**
     * The answer to {@link Ask}.
     *
     * @param isAllowed false if the member does not tell
     * @param isWhole false if there was no room for more
     * @param roots the ids of the calls by those of the entries of their handlers' tasks
     */
    record Told(long id, boolean isAllowed, boolean isWhole, Map<Long, Long> roots, List<Entry> entries)
            implements Frame {
        public Told {
            roots = Map.copyOf(roots);
            entries = List.copyOf(entries);
        }
    }

    /** How a handler ended. */
    enum How implements Coded {
        VALUE(0),
        DECLARED(1),
        FAILED(2),
        CANCELLED(3),
        STOPPED(4),
        EXPIRED(5),
        CODEC(6),
        TOO_LARGE(7);

        private final int code;

        How(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }
    }

    /** Why a call was rejected. */
    enum Why implements Coded {
        DRAINING(0),
        UNKNOWN(1),
        NO_SLOT(2);

        private final int code;

        Why(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }
    }

    /** A constant that has a number on the wire. */
    interface Coded {
        int code();
    }

    byte[] NOTHING = {};

    static End ended(long id, How how, byte[] value) {
        return new End(id, how, value, "", "", "");
    }
}
